package eu.sinusnode.profiles;

/** Canonical URLs and identifier systems that SinusNode defines. */
public final class Canonicals {

    /** Base of every canonical URL that this project owns. */
    public static final String BASE = "https://sinusnode.eu/fhir";

    public static final String PATIENT = profile("sinusnode-patient");
    public static final String BLOOD_PRESSURE = profile("sinusnode-blood-pressure");
    public static final String HEART_RATE = profile("sinusnode-heart-rate");
    public static final String BODY_WEIGHT = profile("sinusnode-body-weight");
    public static final String RESTING_HEART_RATE = profile("sinusnode-resting-heart-rate");
    public static final String OXYGEN_SATURATION = profile("sinusnode-oxygen-saturation");
    public static final String BODY_HEIGHT = profile("sinusnode-body-height");
    public static final String BODY_MASS_INDEX = profile("sinusnode-body-mass-index");
    public static final String BODY_TEMPERATURE = profile("sinusnode-body-temperature");
    public static final String RESPIRATORY_RATE = profile("sinusnode-respiratory-rate");
    /** Vital signs that have no profile of their own. */
    public static final String VITAL_SIGN = profile("sinusnode-vital-sign");

    public static final String STEP_COUNT = profile("sinusnode-step-count");
    public static final String HEART_RATE_VARIABILITY = profile("sinusnode-heart-rate-variability");
    public static final String HEART_RHYTHM = profile("sinusnode-heart-rhythm");
    public static final String ECG = profile("sinusnode-ecg");
    public static final String RR_INTERVAL_SERIES = profile("sinusnode-rr-interval-series");
    public static final String CORONARY_FINDING = profile("sinusnode-coronary-finding");
    /** A laboratory value that a score reads. */
    public static final String LABORATORY_VALUE = profile("sinusnode-laboratory-value");

    public static final String EJECTION_FRACTION = profile("sinusnode-ejection-fraction");
    public static final String SMOKING_STATUS = profile("sinusnode-smoking-status");
    public static final String NYHA_CLASS = profile("sinusnode-nyha-class");
    public static final String CONDITION = profile("sinusnode-condition");
    public static final String PROCEDURE = profile("sinusnode-procedure");
    public static final String ALLERGY_INTOLERANCE = profile("sinusnode-allergy-intolerance");
    public static final String MEDICATION = profile("sinusnode-medication");
    public static final String MEDICATION_REQUEST = profile("sinusnode-medication-request");
    public static final String MEDICATION_ADMINISTRATION = profile("sinusnode-medication-administration");
    public static final String MEDICATION_STATEMENT = profile("sinusnode-medication-statement");
    public static final String ENCOUNTER = profile("sinusnode-encounter");
    public static final String GOAL = profile("sinusnode-goal");
    /** A Goal whose targets are the limits beyond which a value of this patient is told. */
    public static final String ALERT_LIMITS = profile("sinusnode-alert-limits");

    public static final String SERVICE_REQUEST = profile("sinusnode-service-request");
    public static final String APPOINTMENT = profile("sinusnode-appointment");
    public static final String SCHEDULE = profile("sinusnode-schedule");
    public static final String SLOT = profile("sinusnode-slot");
    public static final String QUESTIONNAIRE = profile("sinusnode-questionnaire");
    public static final String QUESTIONNAIRE_RESPONSE = profile("sinusnode-questionnaire-response");
    public static final String COMMUNICATION = profile("sinusnode-communication");
    /** A reminder; what it is about is a code of {@link #REMINDER_KINDS}. */
    public static final String COMMUNICATION_REQUEST = profile("sinusnode-communication-request");

    public static final String PRACTITIONER = profile("sinusnode-practitioner");
    public static final String PRACTITIONER_ROLE = profile("sinusnode-practitioner-role");
    public static final String DEVICE = profile("sinusnode-device");
    /** A Device that is software: the algorithm that wrote a risk flag; its type is SNOMED {@link Codes#SOFTWARE}. */
    public static final String ALGORITHM_DEVICE = profile("sinusnode-algorithm-device");

    public static final String THERAPY_PLAN = profile("sinusnode-therapy-plan");
    /** A PlanDefinition that therapy plans are made from. */
    public static final String PROGRAMME = profile("sinusnode-programme");
    /** An ActivityDefinition that is a step of a programme. */
    public static final String PROGRAMME_ACTIVITY = profile("sinusnode-programme-activity");
    /** A Task of a therapy plan: its code is one that begins with {@code therapy-}. */
    public static final String THERAPY_TASK = profile("sinusnode-therapy-task");

    public static final String CONSENT = profile("sinusnode-consent");
    /** The extension by which a signed withdrawal names a Consent that ends by it. */
    public static final String CONSENT_WITHDRAWS = profile("consent-withdraws");

    public static final String COVERAGE = profile("sinusnode-coverage");
    public static final String ORGANIZATION = profile("sinusnode-organization");
    public static final String RELATED_PERSON = profile("sinusnode-related-person");
    /** The members of an organization, computed for a caller; never stored. */
    public static final String MEMBER_GROUP = profile("sinusnode-member-group");

    public static final String CARE_TEAM = profile("sinusnode-care-team");
    public static final String RISK_FLAG = profile("sinusnode-risk-flag");
    public static final String QUESTION_TASK = profile("sinusnode-question-task");
    public static final String SIGN_OFF_TASK = profile("sinusnode-sign-off-task");
    public static final String MODEL_WEEK = profile("sinusnode-model-week");
    /** What is measured of a model each week. */
    public static final String MODEL_WATCH = BASE + "/Measure/model-watch";

    public static final String ANALYSIS_RUN_REPORT = profile("sinusnode-analysis-run");
    /** What runs of the risk analysis came to. */
    public static final String ANALYSIS_RUN = BASE + "/Measure/analysis-run";

    public static final String RISK_REPLAY_TASK = profile("sinusnode-risk-replay-task");
    public static final String RISK_PROVENANCE = profile("sinusnode-risk-provenance");
    public static final String PLAN_RELEASE = profile("sinusnode-plan-release");
    public static final String PATIENT_MERGE = profile("sinusnode-patient-merge");

    /** Extension on a vital: where it was measured, a code of {@link #MEASUREMENT_SETTING_CODES}. */
    public static final String MEASUREMENT_SETTING = profile("measurement-setting");

    /** Extension on an entity of a risk flag's Provenance: what the flag was computed from, in versions. */
    public static final String REPLAY_MANIFEST = profile("replay-manifest");

    public static final String OBSERVATION_CODES = BASE + "/CodeSystem/observation-code";
    public static final String OBSERVATION_CATEGORIES = BASE + "/CodeSystem/observation-category";
    /** Home blood pressure after the ESC 2024 guideline: non-elevated, elevated, hypertension, severe. */
    public static final String BLOOD_PRESSURE_CATEGORIES = BASE + "/CodeSystem/blood-pressure-category";

    public static final String CHEST_PAIN_TYPES = BASE + "/CodeSystem/chest-pain-type";
    public static final String DEVICE_KINDS = BASE + "/CodeSystem/measuring-device-kind";
    public static final String MEASUREMENT_SETTING_CODES = BASE + "/CodeSystem/measurement-setting";
    public static final String GOAL_CATEGORIES = BASE + "/CodeSystem/goal-category";
    public static final String REMINDER_KINDS = BASE + "/CodeSystem/reminder-kind";
    public static final String SIGN_OFF_DECISIONS = BASE + "/CodeSystem/sign-off-decision";
    /** Where a sign-off stands that nobody has decided on. */
    public static final String SIGN_OFF_STATES = BASE + "/CodeSystem/sign-off-state";
    /** Where a patient's question stands that nobody has taken up. */
    public static final String QUESTION_STATES = BASE + "/CodeSystem/question-state";
    /** Where the alert of a patient's answers stands that nobody has taken up. */
    public static final String ALERT_STATES = BASE + "/CodeSystem/alert-state";
    /** How a replayed flag compares: identical, differing, not replayable. */
    public static final String REPLAY_OUTCOMES = BASE + "/CodeSystem/replay-outcome";

    public static final String TASK_CODES = BASE + "/CodeSystem/task-code";
    /** How much of a therapy plan was kept. */
    public static final String ADHERENCE = BASE + "/StructureDefinition/sinusnode-adherence";

    public static final String REMINDER_DETAILS = BASE + "/CodeSystem/reminder-detail";

    /** Identifier system of a vital: what makes its upload idempotent. */
    public static final String VITAL_IDENTIFIER = "https://sinusnode.eu/sid/vital";
    /** Identifier system of a risk flag: one open flag a patient and risk. */
    public static final String RISK_FLAG_IDENTIFIER = "https://sinusnode.eu/sid/risk-flag";

    /** Identifier system of a therapy plan that a programme was applied to, and of what it consists of. */
    public static final String THERAPY_PLAN_IDENTIFIER = "https://sinusnode.eu/sid/therapy-plan";

    private Canonicals() {}

    private static String profile(String name) {
        return BASE + "/StructureDefinition/" + name;
    }
}
