package eu.sinusnode.profiles;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/**
 * Which profiles a resource has to conform to, by its type and code. The sender's {@code meta.profile} has no say in it:
 * a heart rate that names no profile is still checked as a heart rate.
 */
public final class ImposedProfiles {

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
    private static final Map<NamedCode, String> BY_CODE = Map.ofEntries(
            loinc(Codes.BLOOD_PRESSURE_PANEL, Canonicals.BLOOD_PRESSURE),
            loinc(Codes.HEART_RATE, Canonicals.HEART_RATE),
            loinc(Codes.RESTING_HEART_RATE, Canonicals.RESTING_HEART_RATE),
            loinc(Codes.OXYGEN_SATURATION, Canonicals.OXYGEN_SATURATION),
            loinc(Codes.PULSE_OXIMETRY, Canonicals.OXYGEN_SATURATION),
            loinc(Codes.BODY_WEIGHT, Canonicals.BODY_WEIGHT),
            loinc(Codes.BODY_HEIGHT, Canonicals.BODY_HEIGHT),
            loinc(Codes.BODY_MASS_INDEX, Canonicals.BODY_MASS_INDEX),
            loinc(Codes.BODY_TEMPERATURE, Canonicals.BODY_TEMPERATURE),
            loinc(Codes.RESPIRATORY_RATE, Canonicals.RESPIRATORY_RATE),
            loinc(Codes.STEPS, Canonicals.STEP_COUNT),
            loinc(Codes.STEPS_A_DAY, Canonicals.STEP_COUNT),
            loinc(Codes.SDNN, Canonicals.HEART_RATE_VARIABILITY),
            loinc(Codes.HEART_RHYTHM, Canonicals.HEART_RHYTHM),
            loinc(Codes.ECG_STUDY, Canonicals.ECG),
            own(Codes.RMSSD, Canonicals.HEART_RATE_VARIABILITY),
            own(Codes.RR_INTERVAL_SERIES, Canonicals.RR_INTERVAL_SERIES),
            own(Codes.CHEST_PAIN_TYPE, Canonicals.CORONARY_FINDING),
            own(Codes.EXERCISE_ANGINA, Canonicals.CORONARY_FINDING),
            own(Codes.EXERCISE_ST_DEPRESSION, Canonicals.CORONARY_FINDING),
            own(Codes.MAXIMAL_EXERCISE_HEART_RATE, Canonicals.CORONARY_FINDING),
            own(Codes.SUSPECTED_ATRIAL_FIBRILLATION, Canonicals.RISK_FLAG),
            own(Codes.HOME_BLOOD_PRESSURE_CATEGORY, Canonicals.RISK_FLAG),
            own(Codes.NOT_COMPUTABLE_SUMMARY, Canonicals.RISK_FLAG));

    private record NamedCode(String system, String code) {}

    private static Map.Entry<NamedCode, String> loinc(String code, String profile) {
        return Map.entry(new NamedCode(Codes.LOINC, code), profile);
    }

    private static Map.Entry<NamedCode, String> own(String code, String profile) {
        return Map.entry(new NamedCode(Canonicals.OBSERVATION_CODES, code), profile);
    }

    private ImposedProfiles() {}

    /**
     * The canonical URLs of the profiles that the resource must conform to; empty: plain R4. There is more than one when
     * an Observation's codings name more than one measurement: it must then be sound as each of them.
     */
    public static List<String> of(Resource resource) {
        if (resource instanceof Observation observation) {
            return ofObservation(observation);
        }
        if (resource instanceof Device device) {
            return List.of(
                    names(device.getType(), Codes.SNOMED, Codes.SOFTWARE)
                            ? Canonicals.ALGORITHM_DEVICE
                            : Canonicals.DEVICE);
        }
        String profile = BY_TYPE.get(resource.fhirType());
        return profile == null ? List.of() : List.of(profile);
    }

    private static List<String> ofObservation(Observation observation) {
        if (hasCategory(observation, Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG)) {
            return List.of(Canonicals.RISK_FLAG);
        }
        List<String> profiles = observation.getCode().getCoding().stream()
                .filter(coding -> coding.hasSystem() && coding.hasCode())
                .map(coding -> BY_CODE.get(new NamedCode(coding.getSystem(), coding.getCode())))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (profiles.isEmpty() && hasCategory(observation, Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS)) {
            return List.of(Canonicals.VITAL_SIGN);
        }
        return profiles;
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
