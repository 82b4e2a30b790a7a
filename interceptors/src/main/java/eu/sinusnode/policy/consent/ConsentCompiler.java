package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * Turns a Consent into permits. The root denies, each nested provision permits named organizations a purpose, for all
 * records or for some types or codes; whatever else a Consent can say is refused, since leaving it out would permit more
 * than the patient did.
 */
public final class ConsentCompiler {

    private static final String PRIVACY_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
    private static final Pattern PATIENT = Pattern.compile("Patient/([A-Za-z0-9\\-.]{1,64})");
    private static final Pattern ORGANIZATION = Pattern.compile("Organization/([A-Za-z0-9\\-.]{1,64})");
    private static final String ROOT = "Consent.provision";

    private final ZoneId zone;

    /** @param zone where a date without a time begins and ends */
    public ConsentCompiler(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param version of the Consent as stored, 1 or more
     * @return permits in the order of the provisions; a Consent that is not active has none, whatever it says
     */
    public Compilation compile(Consent consent, long version) {
        return compile(consent, version, reference -> reference);
    }

    /**
     * Compiles a Consent that is not stored yet, whose references may name records of the same transaction.
     *
     * @param canonical gives for a reference what it will be stored as, or itself
     */
    public Compilation compile(Consent consent, long version, Function<String, String> canonical) {
        try {
            return new Compilation.Compiled(new Run(consent, version, canonical).permits());
        } catch (CannotEnforce e) {
            return e.refused();
        }
    }

    private final class Run {
        private final Consent consent;
        private final long version;
        private final Function<String, String> canonical;
        private final String patientId;

        private Run(Consent consent, long version, Function<String, String> canonical) {
            this.consent = consent;
            this.version = version;
            this.canonical = canonical;
            if (!names(consent.getScope(), PRIVACY_SCOPE, "patient-privacy")) {
                throw new CannotEnforce("Consent.scope", "the scope must be patient-privacy");
            }
            this.patientId = id(consent.getPatient(), PATIENT, "Consent.patient", "the patient must be a Patient");
        }

        private List<Permit> permits() {
            if (consent.getStatus() != ConsentState.ACTIVE) {
                return List.of();
            }
            ProvisionElements.refuse(
                    consent.hasModifierExtension() || consent.hasImplicitRules(),
                    "Consent.modifierExtension",
                    "an extension or a rule that changes the meaning is not supported");
            ProvisionComponent root = consent.getProvision();
            if (root.getType() != ConsentProvisionType.DENY) {
                throw new CannotEnforce(ROOT + ".type", "the root provision must be deny");
            }
            ProvisionElements.refuseUnsupported(root, ROOT);
            ProvisionElements.refuse(
                    root.hasActor(), ROOT + ".actor", "the root provision denies everybody and names no actor");
            ProvisionElements.refuse(
                    root.hasPurpose(), ROOT + ".purpose", "the root provision denies every purpose and names none");
            ProvisionElements.refuse(
                    root.hasClass_(), ROOT + ".class", "the root provision denies every type and names none");
            ProvisionElements.refuse(
                    root.hasCode(), ROOT + ".code", "the root provision denies every code and names none");
            Validity whole = validity(root, ROOT);
            List<Permit> permits = new ArrayList<>();
            for (int i = 0; i < root.getProvision().size(); i++) {
                permits.addAll(nested(root.getProvision().get(i), i, whole));
            }
            return permits;
        }

        private List<Permit> nested(ProvisionComponent provision, int index, Validity whole) {
            String path = ROOT + ".provision[" + index + "]";
            if (provision.getType() != ConsentProvisionType.PERMIT) {
                throw new CannotEnforce(path + ".type", "a nested provision must be permit");
            }
            ProvisionElements.refuseUnsupported(provision, path);
            ProvisionElements.refuse(
                    provision.hasProvision(), path + ".provision", "a third level of provisions is not supported");
            Validity validity = whole.and(validity(provision, path));
            List<Permit> permits = new ArrayList<>();
            for (String organization : organizations(provision, path)) {
                for (Purpose purpose : ProvisionElements.purposes(provision, path)) {
                    for (Optional<String> type : ProvisionElements.types(provision, path)) {
                        for (Optional<Code> code : ProvisionElements.codes(provision, path)) {
                            permits.add(new Permit(
                                    patientId,
                                    Optional.ofNullable(consent.getIdElement().getIdPart())
                                            .orElse(""),
                                    version,
                                    "provision.provision[" + index + "]",
                                    organization,
                                    purpose,
                                    type.orElse(null),
                                    code.map(Code::system).orElse(null),
                                    code.map(Code::code).orElse(null),
                                    validity.from(),
                                    validity.to()));
                        }
                    }
                }
            }
            return validity.isEmpty() ? List.of() : permits;
        }

        private List<String> organizations(ProvisionComponent provision, String path) {
            List<String> organizations = new ArrayList<>();
            for (int i = 0; i < provision.getActor().size(); i++) {
                provisionActorComponent actor = provision.getActor().get(i);
                String actorPath = path + ".actor[" + i + "]";
                if (!names(actor.getRole(), Codes.PARTICIPATION_TYPE, "IRCP")) {
                    throw new CannotEnforce(actorPath + ".role", "the role of an actor must be IRCP, the recipient");
                }
                organizations.add(id(
                        actor.getReference(),
                        ORGANIZATION,
                        actorPath + ".reference",
                        "an actor must be an Organization"));
            }
            ProvisionElements.refuse(
                    organizations.isEmpty(), path + ".actor", "a permit must name the organization it is for");
            return organizations;
        }

        private String id(Reference reference, Pattern form, String path, String reason) {
            String literal = reference.getReference();
            Matcher matcher = form.matcher(literal == null ? "" : canonical.apply(literal));
            if (!matcher.matches()) {
                throw new CannotEnforce(path, reason + ", named by a literal reference");
            }
            return matcher.group(1);
        }
    }

    private Validity validity(ProvisionComponent provision, String path) {
        if (!provision.hasPeriod()) {
            return Validity.ALWAYS;
        }
        Validity validity = Validity.of(provision.getPeriod(), zone);
        ProvisionElements.refuse(validity.isEmpty(), path + ".period", "the period ends before it starts");
        return validity;
    }

    private static boolean names(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }
}
