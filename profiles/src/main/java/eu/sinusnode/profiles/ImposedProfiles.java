package eu.sinusnode.profiles;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Which profiles a resource has to conform to, by its type and code. The sender's {@code meta.profile} has no say in it:
 * a heart rate that names no profile is still checked as a heart rate.
 */
public final class ImposedProfiles {

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("Patient", Canonicals.PATIENT),
            Map.entry("CarePlan", Canonicals.THERAPY_PLAN),
            Map.entry("PlanDefinition", Canonicals.PROGRAMME),
            Map.entry("ActivityDefinition", Canonicals.PROGRAMME_ACTIVITY),
            Map.entry("Consent", Canonicals.CONSENT),
            Map.entry("Coverage", Canonicals.COVERAGE),
            Map.entry("Organization", Canonicals.ORGANIZATION),
            Map.entry("RelatedPerson", Canonicals.RELATED_PERSON),
            Map.entry("Group", Canonicals.MEMBER_GROUP),
            Map.entry("CareTeam", Canonicals.CARE_TEAM),
            Map.entry("Practitioner", Canonicals.PRACTITIONER),
            Map.entry("PractitionerRole", Canonicals.PRACTITIONER_ROLE),
            Map.entry("Condition", Canonicals.CONDITION),
            Map.entry("Procedure", Canonicals.PROCEDURE),
            Map.entry("AllergyIntolerance", Canonicals.ALLERGY_INTOLERANCE),
            Map.entry("Medication", Canonicals.MEDICATION),
            Map.entry("MedicationRequest", Canonicals.MEDICATION_REQUEST),
            Map.entry("MedicationAdministration", Canonicals.MEDICATION_ADMINISTRATION),
            Map.entry("MedicationStatement", Canonicals.MEDICATION_STATEMENT),
            Map.entry("Encounter", Canonicals.ENCOUNTER),
            Map.entry("ServiceRequest", Canonicals.SERVICE_REQUEST),
            Map.entry("Appointment", Canonicals.APPOINTMENT),
            Map.entry("Schedule", Canonicals.SCHEDULE),
            Map.entry("Slot", Canonicals.SLOT),
            Map.entry("Questionnaire", Canonicals.QUESTIONNAIRE),
            Map.entry("QuestionnaireResponse", Canonicals.QUESTIONNAIRE_RESPONSE),
            Map.entry("Communication", Canonicals.COMMUNICATION),
            Map.entry("CommunicationRequest", Canonicals.COMMUNICATION_REQUEST));

    /** Codes of {@link Canonicals#TASK_CODES} that make a Task one of a therapy plan. */
    private static final Set<String> THERAPY_TASKS = Set.of(
            Codes.THERAPY_QUESTION,
            Codes.THERAPY_ALERT,
            Codes.THERAPY_EDUCATION,
            Codes.THERAPY_QUESTIONNAIRE,
            Codes.THERAPY_REMINDER);

    /** Codes of {@link Canonicals#OBSERVATION_CODES} that the server computes of therapy plans. */
    private static final Set<String> ADHERENCE =
            Set.of(Codes.DAYS_COVERED, Codes.MEASUREMENTS_KEPT, Codes.TRAINING_MINUTES, Codes.TARGETS_REACHED);

    /** Codes that make an Observation the measurement they name, wherever they stand among its codings. */
    private static final Map<NamedCode, String> BY_CODE = byCode();

    private record NamedCode(String system, String code) {}

    private static Map<NamedCode, String> byCode() {
        Map<NamedCode, String> profiles = new HashMap<>();
        name(profiles, Canonicals.BLOOD_PRESSURE, Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL);
        name(profiles, Canonicals.HEART_RATE, Codes.LOINC, Codes.HEART_RATE);
        name(profiles, Canonicals.RESTING_HEART_RATE, Codes.LOINC, Codes.RESTING_HEART_RATE);
        name(profiles, Canonicals.OXYGEN_SATURATION, Codes.LOINC, Codes.OXYGEN_SATURATION, Codes.PULSE_OXIMETRY);
        name(profiles, Canonicals.BODY_WEIGHT, Codes.LOINC, Codes.BODY_WEIGHT);
        name(profiles, Canonicals.BODY_HEIGHT, Codes.LOINC, Codes.BODY_HEIGHT);
        name(profiles, Canonicals.BODY_MASS_INDEX, Codes.LOINC, Codes.BODY_MASS_INDEX);
        name(profiles, Canonicals.BODY_TEMPERATURE, Codes.LOINC, Codes.BODY_TEMPERATURE);
        name(profiles, Canonicals.RESPIRATORY_RATE, Codes.LOINC, Codes.RESPIRATORY_RATE);
        name(profiles, Canonicals.STEP_COUNT, Codes.LOINC, Codes.STEPS, Codes.STEPS_A_DAY);
        name(profiles, Canonicals.HEART_RATE_VARIABILITY, Codes.LOINC, Codes.SDNN);
        name(profiles, Canonicals.HEART_RHYTHM, Codes.LOINC, Codes.HEART_RHYTHM);
        name(profiles, Canonicals.ECG, Codes.LOINC, Codes.ECG_STUDY);
        name(profiles, Canonicals.EJECTION_FRACTION, Codes.LOINC, Codes.EJECTION_FRACTION);
        name(profiles, Canonicals.SMOKING_STATUS, Codes.LOINC, Codes.SMOKING_STATUS);
        name(profiles, Canonicals.NYHA_CLASS, Codes.LOINC, Codes.NYHA_CLASS);
        LaboratoryCodes.ALL.forEach(code -> name(profiles, Canonicals.LABORATORY_VALUE, Codes.LOINC, code));
        name(profiles, Canonicals.HEART_RATE_VARIABILITY, Canonicals.OBSERVATION_CODES, Codes.RMSSD);
        name(profiles, Canonicals.RR_INTERVAL_SERIES, Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES);
        name(
                profiles,
                Canonicals.CORONARY_FINDING,
                Canonicals.OBSERVATION_CODES,
                Codes.CHEST_PAIN_TYPE,
                Codes.EXERCISE_ANGINA,
                Codes.EXERCISE_ST_DEPRESSION,
                Codes.MAXIMAL_EXERCISE_HEART_RATE);
        name(profiles, Canonicals.ADHERENCE, Canonicals.OBSERVATION_CODES, ADHERENCE.toArray(String[]::new));
        name(profiles, Canonicals.RISK_FLAG, Canonicals.OBSERVATION_CODES, RiskFlagCodes.ALL.toArray(String[]::new));
        return Map.copyOf(profiles);
    }

    private static void name(Map<NamedCode, String> profiles, String profile, String system, String... codes) {
        for (String code : codes) {
            profiles.put(new NamedCode(system, code), profile);
        }
    }

    private ImposedProfiles() {}

    /** Whether it says who merged two Patients. */
    public static boolean isMerge(Provenance provenance) {
        return names(provenance.getActivity(), Codes.LIFECYCLE_EVENTS, Codes.MERGE);
    }

    /** Whether it says who let a therapy plan hold. */
    public static boolean isRelease(Provenance provenance) {
        return provenance.getTarget().stream().anyMatch(target -> "CarePlan"
                .equals(target.getReferenceElement().getResourceType()));
    }

    /**
     * The canonical URLs of the profiles that the resource must conform to; empty: plain R4. There is more than one when
     * an Observation's codings name more than one measurement: it must then be sound as each of them.
     */
    public static List<String> of(Resource resource) {
        if (resource instanceof Observation observation) {
            return ofObservation(observation);
        }
        if (resource instanceof Task task) {
            return List.of(ofTask(task.getCode()));
        }
        if (resource instanceof Goal goal) {
            return List.of(isAlertLimit(goal) ? Canonicals.ALERT_LIMITS : Canonicals.GOAL);
        }
        if (resource instanceof MeasureReport report) {
            return List.of(
                    Canonicals.ANALYSIS_RUN.equals(report.getMeasure())
                            ? Canonicals.ANALYSIS_RUN_REPORT
                            : Canonicals.MODEL_WEEK);
        }
        if (resource instanceof Provenance provenance) {
            return List.of(
                    isMerge(provenance)
                            ? Canonicals.PATIENT_MERGE
                            : isRelease(provenance) ? Canonicals.PLAN_RELEASE : Canonicals.RISK_PROVENANCE);
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

    private static boolean isAlertLimit(Goal goal) {
        return goal.getCategory().stream()
                .anyMatch(category -> names(category, Canonicals.GOAL_CATEGORIES, Codes.ALERT_LIMIT));
    }

    private static String ofTask(CodeableConcept code) {
        if (names(code, Canonicals.TASK_CODES, Codes.RISK_REPLAY)) {
            return Canonicals.RISK_REPLAY_TASK;
        }
        if (names(code, Canonicals.TASK_CODES, Codes.PATIENT_QUESTION)) {
            return Canonicals.QUESTION_TASK;
        }
        return isOfTherapyPlan(code) ? Canonicals.THERAPY_TASK : Canonicals.SIGN_OFF_TASK;
    }

    /** @param code of a Task */
    public static boolean isOfTherapyPlan(CodeableConcept code) {
        return THERAPY_TASKS.stream().anyMatch(kind -> names(code, Canonicals.TASK_CODES, kind));
    }

    /** Whether it tells how much of a therapy plan was kept. */
    public static boolean isAdherence(Resource resource) {
        return resource instanceof Observation observation
                && ADHERENCE.stream()
                        .anyMatch(code -> names(observation.getCode(), Canonicals.OBSERVATION_CODES, code));
    }

    /** Whether it asks a clinic for the answer to a patient's question. */
    public static boolean isQuestion(Resource resource) {
        return resource instanceof Task task && names(task.getCode(), Canonicals.TASK_CODES, Codes.PATIENT_QUESTION);
    }

    /** Whether it reminds a patient of what a therapy plan asks for. */
    public static boolean isReminder(Resource resource) {
        return resource instanceof Task task && names(task.getCode(), Canonicals.TASK_CODES, Codes.THERAPY_REMINDER);
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
