package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.SignedStates;
import eu.sinusnode.profiles.ImposedProfiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;

/**
 * What may be deleted, apart from whose it is. A patient takes back what the patient told; a clinic, a draft that nobody
 * has acted on yet. What others may have relied on stays, and is marked cancelled, revoked or entered-in-error. What a
 * clinician has signed is deleted by nobody, nor is the signature. A Consent ends by its status, so that it can be told what
 * it permitted.
 */
public final class DeletionPolicy {

    /** By type, the values of status that say that it is a draft. A type without a line is deleted whatever it says. */
    private static final Map<String, Set<String>> DRAFTS = new TreeMap<>(Map.of(
            "Appointment", Set.of("proposed", "pending", "waitlist"),
            "Communication", Set.of("preparation"),
            "CommunicationRequest", Set.of("draft"),
            "MedicationRequest", Set.of("draft"),
            "NutritionOrder", Set.of("draft"),
            "QuestionnaireResponse", Set.of("in-progress"),
            "ServiceRequest", Set.of("draft")));

    private static final Set<String> OF_PATIENTS = Set.of("Patient", "RelatedPerson");

    /** The values of status with which a clinic may delete a record of the type; empty when any will do. */
    public static Set<String> drafts(String resourceType) {
        return Set.copyOf(DRAFTS.getOrDefault(resourceType, Set.of()));
    }

    public Decision decide(Caller caller, Resource stored) {
        if (stored instanceof Consent) {
            return deny("a Consent is not deleted; it ends by its status");
        }
        if (stored instanceof Subscription) {
            return permit();
        }
        if (caller.kind().actsAsPatient()) {
            return isOwnWord(stored)
                    ? permit()
                    : deny("a " + caller.kind().claim() + " deletes own vitals and what only a patient can tell");
        }
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return signature(stored).map(DeletionPolicy::signed).orElseGet(DeletionPolicy::permit);
        }
        if (ContentPolicy.isFlag(stored)) {
            return deny("a risk flag is not deleted");
        }
        return isDraft(stored)
                ? permit()
                : deny("the " + stored.fhirType() + " is no draft any more; mark it by its status instead");
    }

    /** Why it stays; empty when nobody has signed it by what it says itself. */
    private static Optional<String> signature(Resource stored) {
        if (ContentPolicy.isFlag(stored) && !SignedStates.isUnsigned(stored)) {
            return Optional.of("a clinician has decided on the risk flag");
        }
        return stored instanceof Provenance provenance && ImposedProfiles.isRelease(provenance)
                ? Optional.of("it says who released a therapy plan")
                : Optional.empty();
    }

    /** A device of the patient names nobody as the performer of a vital; everything else names who told it. */
    private static boolean isOwnWord(Resource stored) {
        if (stored instanceof Observation observation) {
            return ContentPolicy.isVital(observation) && areOfPatients(observation.getPerformer());
        }
        return OwnWords.tellers(stored)
                .filter(tellers -> !tellers.isEmpty() && areOfPatients(tellers))
                .isPresent();
    }

    private static boolean areOfPatients(List<Reference> tellers) {
        return tellers.stream()
                .allMatch(teller -> OF_PATIENTS.contains(
                        String.valueOf(teller.getReferenceElement().getResourceType())));
    }

    private static boolean isDraft(Resource stored) {
        Set<String> drafts = drafts(stored.fhirType());
        return drafts.isEmpty() || drafts.contains(status(stored));
    }

    private static String status(Resource stored) {
        Property status = stored.getNamedProperty("status");
        return status == null || status.getValues().isEmpty()
                ? ""
                : String.valueOf(status.getValues().get(0).primitiveValue());
    }

    private static Decision permit() {
        return Decision.Permit.of("deletion", "the caller's role may delete it");
    }

    private static Decision signed(String reason) {
        return new Decision.Deny(DenialCode.SIGNED, reason);
    }

    private static Decision deny(String reason) {
        return new Decision.Deny(DenialCode.CONTENT, reason);
    }
}
