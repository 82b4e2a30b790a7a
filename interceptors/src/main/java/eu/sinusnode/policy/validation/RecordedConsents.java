package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.consent.Compilation;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Withdrawal;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.narrowing.SentRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ConsentVerificationComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Who is neither the patient nor a representative writes a Consent down that was signed: the document comes with it. The
 * loader brings Consents of elsewhere with theirs. A consent recorder writes down what was signed on paper: to permit takes the
 * document and that the signer was asked once more; to deny, which is how a withdrawal on paper is recorded, the document alone
 * ({@link RecordedWithdrawals}: it ends what it names); to end what it has recorded itself, nothing (Art. 7(3) GDPR: to withdraw
 * is as easy as to give). Its own Organization it permits treatment and no other purpose.
 */
public final class RecordedConsents {

    private final ConsentCompiler compiler;
    private final SentRecords sent;

    public RecordedConsents(ConsentCompiler compiler, SentRecords sent) {
        this.compiler = compiler;
        this.sent = sent;
    }

    /** Whether the caller may write over what is stored: another's Consent is as unknown to a recorder as none. */
    Decision decideStored(Caller caller, Optional<Resource> stored) {
        boolean other = caller.kind() == CallerKind.CONSENT_RECORDER
                && stored.filter(record -> hasBrought(caller, record)).isEmpty();
        return other
                ? new Decision.Deny(DenialCode.IDENTIFIER_CHOICE, "a recorder writes over what it has recorded itself")
                : Decision.Permit.of("recorder", "recorded by the caller's organization");
    }

    private boolean hasBrought(Caller caller, Resource record) {
        return sent.find(Sender.of(caller), SentIdentifier.of(record))
                .containsValue(record.getIdElement().getIdPart());
    }

    /** Of a stored Consent that denies nothing, that it has ended is changed without a paper, and nothing else. */
    static boolean ends(Resource resource, Optional<Resource> stored) {
        if (!(resource instanceof Consent consent) || !(stored.orElse(null) instanceof Consent was)) {
            return false;
        }
        boolean ended = was.getStatus() == ConsentState.ACTIVE
                && (consent.getStatus() == ConsentState.INACTIVE || consent.getStatus() == ConsentState.ENTEREDINERROR);
        // What it denies would open with the end, and nobody has signed that.
        return ended && !Withdrawal.deniesSomething(was) && bare(consent).equalsDeep(bare(was));
    }

    /** Without what changes with the end, and what the server adds. */
    private static Consent bare(Consent consent) {
        Consent bare = consent.copy();
        bare.setStatus(null);
        bare.setMeta(null);
        bare.setId((String) null);
        return bare;
    }

    /**
     * Every fault of what is recorded anew, and of what makes of a recorded Consent something else.
     *
     * @param references as they will be once the request is stored, and as the caller may know them: {@link KnownToRecorders}
     */
    List<WriteIssue> check(
            Caller caller, Resource resource, Optional<Resource> stored, References references, Instant now) {
        if (!(resource instanceof Consent consent)) {
            return List.of();
        }
        Optional<Consent> was = stored.filter(Consent.class::isInstance).map(Consent.class::cast);
        List<WriteIssue> issues = new ArrayList<>(RecordedWithdrawals.check(caller, consent, was, references, sent));
        if (caller.kind() == CallerKind.PATIENT || caller.kind() == CallerKind.REPRESENTATIVE) {
            was.ifPresent(before -> issues.addAll(KeptPaper.check(consent, before)));
            return issues;
        }
        if (caller.kind() != CallerKind.CONSENT_RECORDER) {
            // Nobody has signed that it ends; that takes nothing back which somebody denies.
            issues.addAll(ends(resource, stored) ? List.of() : SignedSource.check(consent, references));
            return issues;
        }
        if (stored.isPresent()) {
            return issues;
        }
        require(issues, consent.getStatus() == ConsentState.ACTIVE, ".status", "what is recorded is active");
        require(
                issues,
                consent.getIdentifier().stream().anyMatch(RecordedConsents::isWhole),
                ".identifier",
                "the paper has a number, with its system, by which it is recognised when it is sent again");
        require(
                issues,
                names(consent.getOrganization(), "Organization/" + caller.organizationId(), references),
                ".organization",
                "the organization is the recorder's own, and no other");
        boolean dated = isPast(consent.getDateTimeElement(), now);
        require(issues, dated, ".dateTime", "dateTime says when it was signed, and lies in the past");
        require(
                issues,
                dated && isSigner(consent, references),
                ".performer",
                "the performer is who signed: the patient, or one RelatedPerson who represented the patient then");
        issues.addAll(SignedSource.check(consent));
        issues.addAll(permits(caller, consent, references, now));
        return issues;
    }

    private List<WriteIssue> permits(Caller caller, Consent consent, References references, Instant now) {
        Function<String, String> canonical =
                reference -> references.canonical(reference).orElse(reference);
        // What does not compile is refused for that.
        List<Directive> permits = compiler.compile(consent, 1, canonical) instanceof Compilation.Compiled compiled
                ? compiled.directives().stream().filter(Directive::permits).toList()
                : List.of();
        List<WriteIssue> issues = new ArrayList<>();
        require(
                issues,
                permits.isEmpty() || isVerified(consent, references, now),
                ".verification",
                "a permit is verified: verified, verifiedWith who signed, and verificationDate since then");
        permits.stream()
                .filter(permit -> permit.purpose() != Purpose.TREAT && isOwn(caller, permit))
                .map(permit -> "." + permit.provision() + ".purpose")
                .distinct()
                .forEach(path -> require(
                        issues,
                        false,
                        path,
                        "a recorder permits its own organization, or a care team, treatment (TREAT) alone"));
        return issues;
    }

    /** Its own organization may take part in a team, now or later. */
    private static boolean isOwn(Caller caller, Directive permit) {
        String actor = String.valueOf(permit.actor());
        return actor.equals("Organization/" + caller.organizationId()) || actor.startsWith("CareTeam/");
    }

    private static boolean isSigner(Consent consent, References references) {
        String signer = canonical(consent.getPerformer(), references);
        if (signer == null) {
            return false;
        }
        return signer.equals(canonical(List.of(consent.getPatient()), references))
                || references
                        .find(signer)
                        .filter(RelatedPerson.class::isInstance)
                        .isPresent();
    }

    private static boolean isVerified(Consent consent, References references, Instant now) {
        String signer = canonical(consent.getPerformer(), references);
        return signer != null
                && consent.getVerification().stream()
                        .filter(ConsentVerificationComponent::getVerified)
                        .filter(each -> signer.equals(canonical(List.of(each.getVerifiedWith()), references)))
                        .anyMatch(each -> isPast(each.getVerificationDateElement(), now)
                                && consent.getDateTime() != null
                                && !each.getVerificationDate().before(consent.getDateTime()));
    }

    private static boolean isPast(DateTimeType time, Instant now) {
        return time.getValue() != null && !time.getValue().toInstant().isAfter(now);
    }

    private static boolean isWhole(Identifier identifier) {
        return identifier.hasSystem() && identifier.hasValue();
    }

    private static boolean names(List<Reference> named, String one, References references) {
        return one.equals(canonical(named, references));
    }

    /** What the one reference of an element names; null when there are none or several. */
    private static @Nullable String canonical(List<Reference> named, References references) {
        return named.size() == 1 && named.get(0).getReference() != null
                ? references.canonical(named.get(0).getReference()).orElse(null)
                : null;
    }

    private static void require(List<WriteIssue> issues, boolean holds, String element, String message) {
        if (!holds) {
            issues.add(new WriteIssue(DenialCode.CONSENT_RECORDED, "Consent" + element, message));
        }
    }
}
