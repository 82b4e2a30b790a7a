package eu.sinusnode.profiles;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which profile a resource has to conform to, by its type and code. The sender's {@code meta.profile} has no say in it:
 * a heart rate that names no profile is still checked as a heart rate.
 */
public final class ImposedProfiles {

    /** What every vital sign of R4 obeys; imposed on vital signs that have no profile of their own here. */
    public static final String CORE_VITAL_SIGNS = "http://hl7.org/fhir/StructureDefinition/vitalsigns";

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("Patient", Canonicals.PATIENT),
            Map.entry("CarePlan", Canonicals.THERAPY_PLAN),
            Map.entry("Consent", Canonicals.CONSENT),
            Map.entry("Coverage", Canonicals.COVERAGE),
            Map.entry("Organization", Canonicals.ORGANIZATION),
            Map.entry("RelatedPerson", Canonicals.RELATED_PERSON),
            Map.entry("Group", Canonicals.MEMBER_GROUP),
            Map.entry("CareTeam", Canonicals.CARE_TEAM),
            Map.entry("Task", Canonicals.SIGN_OFF_TASK),
            Map.entry("Provenance", Canonicals.RISK_PROVENANCE));

    /** Codes that make an Observation the measurement they name, wherever they stand among its codings. */
    private static final List<ByCode> BY_CODE = List.of(
            new ByCode(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL, Canonicals.BLOOD_PRESSURE),
            new ByCode(Codes.LOINC, Codes.HEART_RATE, Canonicals.HEART_RATE),
            new ByCode(Codes.LOINC, Codes.BODY_WEIGHT, Canonicals.BODY_WEIGHT),
            new ByCode(Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES, Canonicals.RR_INTERVAL_SERIES),
            new ByCode(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION, Canonicals.RISK_FLAG),
            new ByCode(Canonicals.OBSERVATION_CODES, Codes.HOME_BLOOD_PRESSURE_CATEGORY, Canonicals.RISK_FLAG),
            new ByCode(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY, Canonicals.RISK_FLAG));

    private record ByCode(String system, String code, String profile) {
        boolean names(CodeableConcept concept) {
            return ImposedProfiles.names(concept, system, code);
        }
    }

    private ImposedProfiles() {}

    /** The canonical URL of the profile that the resource must conform to; empty: plain R4. */
    public static Optional<String> of(Resource resource) {
        if (resource instanceof Observation observation) {
            return ofObservation(observation);
        }
        if (resource instanceof Device device) {
            return Optional.of(
                    names(device.getType(), Codes.SNOMED, Codes.SOFTWARE)
                            ? Canonicals.ALGORITHM_DEVICE
                            : Canonicals.DEVICE);
        }
        return Optional.ofNullable(BY_TYPE.get(resource.fhirType()));
    }

    private static Optional<String> ofObservation(Observation observation) {
        if (hasCategory(observation, Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG)) {
            return Optional.of(Canonicals.RISK_FLAG);
        }
        for (ByCode rule : BY_CODE) {
            if (rule.names(observation.getCode())) {
                return Optional.of(rule.profile());
            }
        }
        return hasCategory(observation, Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS)
                ? Optional.of(CORE_VITAL_SIGNS)
                : Optional.empty();
    }

    private static boolean hasCategory(Observation observation, String system, String code) {
        return observation.getCategory().stream().anyMatch(category -> names(category, system, code));
    }

    private static boolean names(CodeableConcept concept, String system, String code) {
        for (Coding coding : concept.getCoding()) {
            if (code.equals(coding.getCode()) && system.equals(coding.getSystem())) {
                return true;
            }
        }
        return false;
    }
}
