package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Device;
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

    /** The parameter that says whether a record is signed. */
    public static final String STATUS = "status";

    private static final Map<String, Set<String>> LIMITING = Map.of(
            "Observation", Set.of("code", "category", STATUS),
            "DocumentReference", Set.of("type", "category"),
            "Condition", Set.of("code", "category"));

    private final RecordOwners owners;

    public RecordFactsReader(References references) {
        this.owners = new RecordOwners(references);
    }

    /** The parameters by which a search for the type may be limited beside its patients. */
    public static Set<String> limiting(String resourceType) {
        return LIMITING.getOrDefault(resourceType, Set.of());
    }

    public RecordFacts read(Resource resource) {
        return read(resource, Optional.ofNullable(resource.getIdElement().getIdPart()));
    }

    /** @param ownKey what the record itself is called; see {@link RecordOwners#of(Resource, Optional)} */
    public RecordFacts read(Resource resource, Optional<String> ownKey) {
        return new RecordFacts(
                resource.fhirType(), owners.of(resource, ownKey), values(resource), isUnsigned(resource));
    }

    /** By search parameter, the codings by which consent and scopes may limit a record, and a Device's owner. */
    private static Map<String, Set<String>> values(Resource resource) {
        if (resource instanceof Observation observation) {
            return Map.of(
                    "code", tokens(List.of(observation.getCode())), "category", tokens(observation.getCategory()));
        } else if (resource instanceof DocumentReference document) {
            return Map.of("type", tokens(List.of(document.getType())), "category", tokens(document.getCategory()));
        } else if (resource instanceof Condition condition) {
            return Map.of("code", tokens(List.of(condition.getCode())), "category", tokens(condition.getCategory()));
        } else if (resource instanceof Device device && device.getOwner().hasReference()) {
            return Map.of(OwnDevicesSource.OWNER, Set.of(device.getOwner().getReference()));
        }
        return Map.of();
    }

    private static Set<String> tokens(List<CodeableConcept> concepts) {
        return concepts.stream()
                .flatMap(concept -> concept.getCoding().stream())
                .filter(coding -> coding.hasSystem() && coding.hasCode())
                .map(coding -> new Code(coding.getSystem(), coding.getCode()).token())
                .collect(Collectors.toSet());
    }

    private static boolean isUnsigned(Resource resource) {
        return resource instanceof Observation observation && !isSigned(observation.getStatus());
    }

    private static boolean isSigned(@Nullable ObservationStatus status) {
        return status != null && SIGNED.contains(status);
    }
}
