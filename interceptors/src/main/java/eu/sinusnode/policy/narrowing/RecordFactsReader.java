package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads from a record what the consent decision needs. */
public final class RecordFactsReader {

    /**
     * What {@link SearchNarrowing} asks for when only signed Observations may be found. A cancelled flag was taken back
     * before anybody signed it.
     */
    static final Set<ObservationStatus> SIGNED = EnumSet.of(
            ObservationStatus.FINAL,
            ObservationStatus.AMENDED,
            ObservationStatus.CORRECTED,
            ObservationStatus.ENTEREDINERROR);

    private final RecordOwners owners;

    public RecordFactsReader(References references) {
        this.owners = new RecordOwners(references);
    }

    public RecordFacts read(Resource resource) {
        return new RecordFacts(resource.fhirType(), owners.of(resource), codes(resource), isUnsigned(resource));
    }

    /** The codings by which consent may limit a record; empty for types without a code. */
    private static Set<Code> codes(Resource resource) {
        Set<Code> codes = new HashSet<>();
        if (resource instanceof Observation observation) {
            addAll(codes, observation.getCode());
        } else if (resource instanceof DocumentReference document) {
            addAll(codes, document.getType());
        } else if (resource instanceof Condition condition) {
            addAll(codes, condition.getCode());
        }
        return codes;
    }

    private static void addAll(Set<Code> codes, CodeableConcept concept) {
        concept.getCoding().stream()
                .filter(coding -> coding.hasSystem() && coding.hasCode())
                .forEach(coding -> codes.add(new Code(coding.getSystem(), coding.getCode())));
    }

    private static boolean isUnsigned(Resource resource) {
        return resource instanceof Observation observation && !isSigned(observation.getStatus());
    }

    private static boolean isSigned(@Nullable ObservationStatus status) {
        return status != null && SIGNED.contains(status);
    }
}
