package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.consent.Withdrawal;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.narrowing.SentRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a signed withdrawal has to be for a recorder to write it down: it says nothing else, names stored Consents if it
 * names any, and its number is new, so that one paper withdraws once. Nobody else writes one.
 */
final class RecordedWithdrawals {

    private static final String CONSENT = "Consent/";

    private RecordedWithdrawals() {}

    /** Which Consents a recorder may name in this, because the paper does: canonical references. */
    static Set<String> named(Caller caller, Resource resource, References references) {
        return caller.kind() == CallerKind.CONSENT_RECORDER
                        && resource instanceof Consent consent
                        && Withdrawal.isOne(consent)
                ? Withdrawal.named(consent).stream()
                        .flatMap(reference -> canonical(reference, references).stream())
                        .filter(canonical -> canonical.startsWith(CONSENT))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /**
     * Every fault of it as a withdrawal. That what it names is known and the patient's is decided as for all references.
     *
     * @param stored what an update replaces
     */
    static List<WriteIssue> check(
            Caller caller, Consent consent, Optional<Consent> stored, References references, SentRecords sent) {
        List<Reference> named = Withdrawal.named(consent);
        List<WriteIssue> issues = new ArrayList<>();
        if (caller.kind() != CallerKind.CONSENT_RECORDER) {
            boolean kept = caller.kind() == CallerKind.ADMINISTRATOR
                    || stored.filter(was -> sameAll(Withdrawal.named(was), named))
                            .isPresent();
            require(
                    issues,
                    named.isEmpty() || kept,
                    ".extension",
                    "a signed withdrawal is recorded by a clinic; who withdraws in person sets the status of each Consent");
            return issues;
        }
        if (stored.isPresent()) {
            return issues;
        }
        boolean isOne = Withdrawal.isOne(consent);
        require(
                issues,
                isOne || named.isEmpty(),
                ".provision",
                "a withdrawal says nothing else: a root that denies, and no word beside; what else was signed is another"
                        + " Consent");
        require(
                issues,
                named.stream().allMatch(each -> canonical(each, references)
                        .filter(canonical -> canonical.startsWith(CONSENT))
                        .isPresent()),
                ".extension",
                "a withdrawal names Consents that are stored, by literal references");
        require(
                issues,
                !isOne
                        || sent.find(Sender.of(caller), SentIdentifier.of(consent))
                                .isEmpty(),
                ".identifier",
                "a paper of this number has been recorded already, and withdraws once");
        return issues;
    }

    private static boolean sameAll(List<Reference> some, List<Reference> others) {
        return some.size() == others.size()
                && some.stream().allMatch(one -> others.stream().anyMatch(other -> one.equalsDeep(other)));
    }

    private static Optional<String> canonical(Reference reference, References references) {
        return Optional.ofNullable(reference.getReference()).flatMap(references::canonical);
    }

    private static void require(List<WriteIssue> issues, boolean holds, String element, String message) {
        if (!holds) {
            issues.add(new WriteIssue(DenialCode.CONSENT_RECORDED, "Consent" + element, message));
        }
    }
}
