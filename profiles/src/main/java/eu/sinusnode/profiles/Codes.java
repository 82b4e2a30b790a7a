package eu.sinusnode.profiles;

/** Codes and code systems of others that more than one module names. LOINC and UCUM content itself is not shipped. */
public final class Codes {

    public static final String LOINC = "http://loinc.org";
    public static final String UCUM = "http://unitsofmeasure.org";
    public static final String SNOMED = "http://snomed.info/sct";
    public static final String ICD_10_GM = "http://fhir.de/CodeSystem/bfarm/icd-10-gm";
    public static final String OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    public static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    public static final String PARTICIPATION_TYPE = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    public static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";
    /** What happens to a record in its life (ISO 21089). */
    public static final String LIFECYCLE_EVENTS = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";

    /** Code of {@link #LIFECYCLE_EVENTS}. */
    public static final String MERGE = "merge";

    /** German statutory health insurance number (KVNR), ten characters. */
    public static final String KVNR = "http://fhir.de/sid/gkv/kvid-10";

    /** Risk as a word: negligible, low, moderate, high, certain. */
    public static final String RISK_PROBABILITY = "http://terminology.hl7.org/CodeSystem/risk-probability";

    /** Code of {@link #OBSERVATION_CATEGORY}. */
    public static final String VITAL_SIGNS = "vital-signs";

    public static final String BLOOD_PRESSURE_PANEL = "85354-9";
    public static final String SYSTOLIC = "8480-6";
    public static final String DIASTOLIC = "8462-4";
    public static final String HEART_RATE = "8867-4";
    public static final String BODY_WEIGHT = "29463-7";
    public static final String RESTING_HEART_RATE = "40443-4";
    /** Oxygen saturation in arterial blood; every oxygen saturation carries this code. */
    public static final String OXYGEN_SATURATION = "2708-6";
    /** Oxygen saturation by pulse oximetry, beside {@link #OXYGEN_SATURATION}. */
    public static final String PULSE_OXIMETRY = "59408-5";

    public static final String BODY_HEIGHT = "8302-2";
    public static final String BODY_MASS_INDEX = "39156-5";
    public static final String BODY_TEMPERATURE = "8310-5";
    public static final String RESPIRATORY_RATE = "9279-1";
    /** Steps over the stated period. */
    public static final String STEPS = "55423-8";
    /** Steps over 24 hours. */
    public static final String STEPS_A_DAY = "41950-7";

    /** A training: which, and how long and how hard in components. */
    public static final String EXERCISE_ACTIVITY = "73985-4";
    /** How long a training took, in min. */
    public static final String EXERCISE_DURATION = "55411-3";

    public static final String EJECTION_FRACTION = "10230-1";
    public static final String SMOKING_STATUS = "72166-2";
    public static final String NYHA_CLASS = "88020-3";
    public static final String HEART_RHYTHM = "8884-9";
    public static final String ECG_STUDY = "11524-6";
    /** R-R interval standard deviation (SDNN), in ms. */
    public static final String SDNN = "80404-7";

    /** SNOMED CT: software. The type of a Device that is an algorithm, see {@link Canonicals#ALGORITHM_DEVICE}. */
    public static final String SOFTWARE = "706687001";

    // Codes of Canonicals.OBSERVATION_CODES
    public static final String RR_INTERVAL_SERIES = "rr-interval-series";
    public static final String RMSSD = "rmssd";
    public static final String MEAN_RR = "mean-rr";
    public static final String BEAT_COUNT = "beat-count";
    public static final String CHEST_PAIN_TYPE = "chest-pain-type";
    public static final String EXERCISE_ANGINA = "exercise-angina";
    public static final String EXERCISE_ST_DEPRESSION = "exercise-st-depression";
    public static final String MAXIMAL_EXERCISE_HEART_RATE = "maximal-exercise-heart-rate";
    public static final String SUSPECTED_ATRIAL_FIBRILLATION = "suspected-atrial-fibrillation";
    public static final String HOME_BLOOD_PRESSURE_CATEGORY = "home-blood-pressure-category";
    public static final String SEVERE_VITAL_VALUE = "severe-vital-value";
    public static final String HEART_FAILURE_WEIGHT_GAIN = "heart-failure-weight-gain";
    public static final String RESTING_HEART_RATE_OUT_OF_RANGE = "resting-heart-rate-out-of-range";
    public static final String LOW_OXYGEN_SATURATION = "low-oxygen-saturation";
    public static final String STROKE_RISK = "stroke-risk-in-atrial-fibrillation";
    public static final String CARDIOVASCULAR_RISK = "cardiovascular-risk";
    public static final String HEART_FAILURE_MORTALITY = "heart-failure-mortality";
    public static final String CORONARY_STENOSIS = "coronary-stenosis";
    public static final String PRESSURE_DETERIORATION = "blood-pressure-deterioration";
    public static final String HEART_FAILURE_DECOMPENSATION = "heart-failure-decompensation";
    public static final String NOT_COMPUTABLE_SUMMARY = "not-computable-summary";

    /** What a component of a flag says in plain words. */
    public static final String SENTENCE_FOR_CLINICIAN = "sentence-for-clinician";

    public static final String SENTENCE_FOR_PATIENT = "sentence-for-patient";

    // Code of Canonicals.OBSERVATION_CATEGORIES
    public static final String RISK_FLAG = "risk-flag";

    // Codes of Canonicals.BLOOD_PRESSURE_CATEGORIES
    public static final String NON_ELEVATED = "non-elevated";
    public static final String ELEVATED = "elevated";
    public static final String HYPERTENSION = "hypertension";
    public static final String SEVERE = "severe";

    // Codes of Canonicals.CHEST_PAIN_TYPES
    public static final String TYPICAL_ANGINA = "typical-angina";
    public static final String ATYPICAL_ANGINA = "atypical-angina";
    public static final String NON_ANGINAL_PAIN = "non-anginal-pain";
    public static final String NO_CHEST_PAIN = "no-chest-pain";

    // Codes of Canonicals.DEVICE_KINDS
    public static final String CUFF = "cuff";
    public static final String CUFFLESS = "cuffless";
    public static final String PPG = "ppg";
    public static final String ECG = "ecg";
    public static final String SCALE = "scale";

    // Codes of Canonicals.MEASUREMENT_SETTING_CODES
    public static final String HOME = "home";
    public static final String OFFICE = "office";

    // Codes of Canonicals.GOAL_CATEGORIES
    public static final String ALERT_LIMIT = "alert-limit";

    // Codes of Canonicals.REMINDER_KINDS
    public static final String MEDICATION_REMINDER = "medication-reminder";
    public static final String MEASUREMENT_REMINDER = "measurement-reminder";
    public static final String APPOINTMENT_REMINDER = "appointment-reminder";
    public static final String QUESTIONNAIRE_REMINDER = "questionnaire-reminder";
    public static final String ACTIVITY_REMINDER = "activity-reminder";

    // Code of Canonicals.TASK_CODES
    public static final String SIGN_OFF = "sign-off";
    public static final String ACCEPT = "accept";
    public static final String OVERRIDE = "override";

    /** Code of Canonicals.TASK_CODES: what a patient asks. */
    public static final String PATIENT_QUESTION = "patient-question";

    /** Code of Canonicals.SIGN_OFF_STATES, Canonicals.QUESTION_STATES and Canonicals.ALERT_STATES. */
    public static final String ESCALATED = "escalated";

    /** Code of Canonicals.TASK_CODES. */
    public static final String RISK_REPLAY = "risk-replay";

    // Codes of Canonicals.TASK_CODES: Tasks of a therapy plan
    public static final String THERAPY_QUESTION = "therapy-question";
    public static final String THERAPY_ALERT = "therapy-alert";
    public static final String THERAPY_EDUCATION = "therapy-education";
    public static final String THERAPY_QUESTIONNAIRE = "therapy-questionnaire";
    public static final String THERAPY_REMINDER = "therapy-reminder";

    // Codes of Canonicals.OBSERVATION_CODES: how much of a therapy plan was kept
    public static final String DAYS_COVERED = "days-covered";
    public static final String MEASUREMENTS_KEPT = "measurements-kept";
    public static final String TRAINING_MINUTES = "training-minutes";
    /** In a component of {@link #TRAINING_MINUTES}. */
    public static final String REPORTED_TRAINING_MINUTES = "reported-training-minutes";

    public static final String TARGETS_REACHED = "targets-reached";

    // Codes of Canonicals.REMINDER_DETAILS
    public static final String PLANNED_TIME = "planned-time";
    public static final String WHAT_WAS_DONE = "what-was-done";
    public static final String REMINDER_NOT_TOLD = "not-told";
    public static final String REMINDER_NOT_ANSWERED = "not-answered";
    public static final String REMINDER_PLAN_CHANGED = "plan-changed";

    // Codes of Canonicals.REPLAY_OUTCOMES
    public static final String REPLAY_IDENTICAL = "identical";
    public static final String REPLAY_DIFFERING = "differing";
    public static final String REPLAY_NOT_POSSIBLE = "not-replayable";

    private Codes() {}
}
