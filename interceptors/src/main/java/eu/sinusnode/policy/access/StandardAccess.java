package eu.sinusnode.policy.access;

import static eu.sinusnode.policy.access.AccessMatrix.open;
import static eu.sinusnode.policy.access.CallerKind.ADMINISTRATOR;
import static eu.sinusnode.policy.access.CallerKind.ANALYSIS_JOB;
import static eu.sinusnode.policy.access.CallerKind.AUDITOR;
import static eu.sinusnode.policy.access.CallerKind.CLINICIAN;
import static eu.sinusnode.policy.access.CallerKind.CLINIC_SYSTEM;
import static eu.sinusnode.policy.access.CallerKind.CONSENT_RECORDER;
import static eu.sinusnode.policy.access.CallerKind.DEVICE_GATEWAY;
import static eu.sinusnode.policy.access.CallerKind.INSURER;
import static eu.sinusnode.policy.access.CallerKind.PATIENT;
import static eu.sinusnode.policy.access.CallerKind.REPRESENTATIVE;
import static eu.sinusnode.policy.access.CallerKind.RESEARCHER;

import eu.sinusnode.policy.access.AccessMatrix.OpenOperation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the access matrix says; {@link CareAccess} and {@link DirectoryAccess} hold the rows of further types. */
final class StandardAccess {

    /** Who searches Observations by their patient; the analysis job reads the readings of many at once. */
    private static final CallerKind[] READERS_OF_OBSERVATIONS = {
        PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM, INSURER
    };

    private static final CallerKind[] SUBSCRIBERS = {PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM, INSURER};

    private static final CallerKind[] WHO_BOOKS = {PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM};

    private StandardAccess() {}

    static AccessMatrix fill(AccessMatrix matrix) {
        interactions(matrix);
        parameters(matrix);
        CareAccess.fill(matrix);
        DirectoryAccess.fill(matrix);
        prose(matrix);
        exports(matrix);
        imports(matrix);
        return matrix.operation("$vital-readings", "Observation", Interaction.SEARCH, ANALYSIS_JOB)
                .operation("$rr-intervals", "Observation", Interaction.SEARCH, ANALYSIS_JOB)
                // Whoever reads as a job can tell of it: the same scope, so that no run has to read untold.
                .operation("$job-run", "Observation", Interaction.SEARCH, ANALYSIS_JOB)
                // Of one Patient's version what the stream gives of the Patient, to compute a flag again.
                .operation("$risk-input", "Observation", Interaction.SEARCH, ANALYSIS_JOB)
                .operationOnType("$access-log", "Patient", Interaction.READ, PATIENT, REPRESENTATIVE)
                .operationOnType(
                        "$everything", "Patient", Interaction.READ, PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM)
                .operationOnType("$lastn", "Observation", Interaction.SEARCH, READERS_OF_OBSERVATIONS)
                .operationOnType("$stats", "Observation", Interaction.SEARCH, READERS_OF_OBSERVATIONS)
                .operationOnType("$trend", "Observation", Interaction.SEARCH, READERS_OF_OBSERVATIONS)
                .likeSearches("$lastn", "$stats", "$trend")
                .operationOnType(
                        "$progress", "CarePlan", Interaction.READ, PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM)
                .operationOnType(
                        "$print", "CarePlan", Interaction.READ, PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM)
                .operationOnType("$status", "Subscription", Interaction.READ, SUBSCRIBERS)
                .operationOnType("$events", "Subscription", Interaction.READ, SUBSCRIBERS)
                .operationOnType("$get-ws-binding-token", "Subscription", Interaction.READ, SUBSCRIBERS)
                .operationOnType("$match", "Patient", Interaction.SEARCH, CLINICIAN, CLINIC_SYSTEM)
                .operationOnType("$merge", "Patient", Interaction.UPDATE, ADMINISTRATOR)
                .operationOnType("$erase", "Patient", Interaction.DELETE, ADMINISTRATOR)
                .operationOnType("$legal-hold", "Patient", Interaction.UPDATE, ADMINISTRATOR)
                .operationOnType("$restrict", "Patient", Interaction.UPDATE, ADMINISTRATOR)
                .operationOnType("$break-glass", "Patient", Interaction.READ, CLINICIAN)
                .operationOnType("$end-break-glass", "Patient", Interaction.UPDATE, ADMINISTRATOR)
                .operationOnType("$sign-off", "Task", Interaction.UPDATE, CLINICIAN)
                .operationOnType("$apply", "PlanDefinition", Interaction.READ, CLINICIAN)
                .operationOnType("$activate", "CarePlan", Interaction.UPDATE, CLINICIAN)
                .operationOnType("$book", "Appointment", Interaction.CREATE, WHO_BOOKS)
                .operationOnType("$reschedule", "Appointment", Interaction.UPDATE, WHO_BOOKS)
                .operationOnType("$cancel", "Appointment", Interaction.UPDATE, WHO_BOOKS)
                .operationOnType("$join", "Appointment", Interaction.READ, PATIENT, REPRESENTATIVE, CLINICIAN)
                .operationOnType("$ask", "Communication", Interaction.CREATE, PATIENT, REPRESENTATIVE)
                .operationOnType("$programme-diff", "CarePlan", Interaction.READ, CLINICIAN, CLINIC_SYSTEM)
                // Who answers reminders says when they come.
                .operation(new OpenOperation(
                        "$reminder-settings",
                        "Task",
                        Interaction.UPDATE,
                        Set.of(PATIENT, REPRESENTATIVE),
                        false,
                        Set.of("Patient"),
                        Map.of()))
                .operationOnType("$risk-replay", "Observation", Interaction.READ, CLINICIAN)
                // It tells what Consents say of a record, and nothing of what the record says.
                .operation(new OpenOperation(
                        "$consent-decision",
                        "Consent",
                        Interaction.READ,
                        Set.of(PATIENT, REPRESENTATIVE, AUDITOR),
                        false,
                        Set.of("Patient"),
                        Map.of(AUDITOR, "AuditEvent")))
                .operationOnType("$affected-patients", "AuditEvent", Interaction.SEARCH, AUDITOR)
                .operationOnType("$unfinished-runs", "AuditEvent", Interaction.SEARCH, AUDITOR)
                .lengthy("$erase")
                .streamed(
                        "$vital-readings",
                        "$rr-intervals",
                        "$export",
                        "$export-status",
                        "$export-file",
                        "$import",
                        "$import-status",
                        "$import-errors",
                        "$print");
    }

    /** Types that have a pseudonymised form; {@code MinimisationPageTest} holds them to those of the form. */
    private static final List<String> PSEUDONYMISED = List.of(
            "AllergyIntolerance",
            "Condition",
            "Encounter",
            "Immunization",
            "Medication",
            "MedicationAdministration",
            "MedicationRequest",
            "MedicationStatement",
            "Observation",
            "Patient",
            "Procedure");

    /** Whole records of whole patients: a scope for all Patients first, then one for each type that is to come along. */
    private static void exports(AccessMatrix matrix) {
        CallerKind[] recipients = {PATIENT, REPRESENTATIVE, CLINIC_SYSTEM, INSURER, RESEARCHER};
        matrix.exportOnly(RESEARCHER, PSEUDONYMISED)
                .operation(new OpenOperation(
                        "$export",
                        "Patient",
                        Interaction.SEARCH,
                        Set.of(recipients),
                        true,
                        Set.of("Patient", "Group"),
                        Map.of()))
                .operation("$export-status", "Patient", Interaction.SEARCH, recipients)
                .operation("$export-file", "Patient", Interaction.SEARCH, recipients);
    }

    /** Machines that bring vital signs, and the loader; each line needs the scope of its own type as well. */
    private static void imports(AccessMatrix matrix) {
        CallerKind[] senders = {CLINIC_SYSTEM, DEVICE_GATEWAY, ADMINISTRATOR};
        matrix.operation("$import", "Observation", Interaction.CREATE, senders)
                .operation("$import-status", "Observation", Interaction.CREATE, senders)
                .operation("$import-errors", "Observation", Interaction.CREATE, senders);
    }

    /**
     * Plans and drafts may be deleted by those who make them, what a patient told by the patient. A clinical fact that is
     * wrong is marked entered-in-error; a Consent ends by its status.
     */
    private static void interactions(AccessMatrix matrix) {
        matrix.row(
                        "Patient",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM, INSURER),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Observation",
                        open("crds", PATIENT, REPRESENTATIVE),
                        open("crs", CLINIC_SYSTEM),
                        open("crus", CLINICIAN, ANALYSIS_JOB),
                        open("c", DEVICE_GATEWAY),
                        open("rs", INSURER),
                        open("cud", ADMINISTRATOR))
                .row(
                        "DocumentReference",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, ANALYSIS_JOB),
                        open("crs", CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Binary",
                        open("r", PATIENT, REPRESENTATIVE, CLINICIAN, ANALYSIS_JOB),
                        open("cr", CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Condition",
                        open("rs", PATIENT, REPRESENTATIVE, ANALYSIS_JOB),
                        open("crus", CLINICIAN),
                        open("crs", CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row(
                        "CarePlan",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Goal",
                        open("rs", PATIENT, REPRESENTATIVE),
                        // Limits that clinicians have set, to compute a flag again.
                        open("r", ANALYSIS_JOB),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row(
                        "CareTeam",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row("Coverage", open("rs", PATIENT, REPRESENTATIVE, INSURER), open("cud", ADMINISTRATOR))
                .row("Consent", open("crus", PATIENT, REPRESENTATIVE), open("cu", ADMINISTRATOR, CONSENT_RECORDER))
                .row(
                        "Task",
                        // A patient answers reminders.
                        open("rus", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, ANALYSIS_JOB),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Provenance",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN),
                        open("crs", ANALYSIS_JOB),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Device",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, DEVICE_GATEWAY),
                        open("crs", CLINIC_SYSTEM),
                        open("crus", ANALYSIS_JOB),
                        open("cud", ADMINISTRATOR))
                .row("RelatedPerson", open("rs", PATIENT, REPRESENTATIVE, CLINICIAN), open("cud", ADMINISTRATOR))
                // Computed, never stored: the members of the caller's own organization.
                .row("Group", open("rs", CLINICIAN, CLINIC_SYSTEM, INSURER))
                .row(
                        "Organization",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM, INSURER),
                        open("cud", ADMINISTRATOR))
                .row(
                        "Practitioner",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .row("AuditEvent", open("rs", AUDITOR))
                // Each belongs to the client that created it; no other one finds it.
                .row("Subscription", open("crds", SUBSCRIBERS));
    }

    /** What people wrote for people; who reads it may look for its words. */
    private static void prose(AccessMatrix matrix) {
        for (String type : List.of(
                "AllergyIntolerance",
                "Appointment",
                "CarePlan",
                "Communication",
                "CommunicationRequest",
                "Condition",
                "DiagnosticReport",
                "DocumentReference",
                "Encounter",
                "Goal",
                "Immunization",
                "List",
                "MedicationAdministration",
                "MedicationRequest",
                "MedicationStatement",
                "NutritionOrder",
                "Observation",
                "Procedure",
                "QuestionnaireResponse",
                "RiskAssessment",
                "ServiceRequest",
                "Task")) {
            matrix.prose(type, PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM);
        }
    }

    private static void parameters(AccessMatrix matrix) {
        matrix.search("Patient", "identifier", "name", "family", "given", "birthdate", "gender", "active")
                .search(
                        "Observation",
                        "patient",
                        "subject",
                        "code",
                        "category",
                        "date",
                        "status",
                        "identifier",
                        "encounter",
                        "combo-code",
                        "component-code",
                        "value-quantity",
                        "component-value-quantity",
                        "combo-value-quantity",
                        "code-value-quantity",
                        "component-code-value-quantity",
                        "combo-code-value-quantity")
                .search(
                        "DocumentReference",
                        "patient",
                        "subject",
                        "type",
                        "category",
                        "date",
                        "period",
                        "contenttype",
                        "status",
                        "identifier")
                .search(
                        "Condition",
                        "patient",
                        "subject",
                        "code",
                        "category",
                        "clinical-status",
                        "verification-status",
                        "encounter",
                        "onset-date",
                        "recorded-date",
                        "related",
                        "identifier")
                .search("CarePlan", "patient", "subject", "category", "date", "status", "intent", "identifier")
                .search("Goal", "patient", "subject", "category", "lifecycle-status", "start-date", "identifier")
                .search("CareTeam", "patient", "subject", "category", "date", "status", "identifier")
                .search("Coverage", "patient", "beneficiary", "payor", "subscriber", "status", "type", "identifier")
                .search("Consent", "patient", "category", "date", "status", "scope", "identifier")
                .search(
                        "Task",
                        "patient",
                        "code",
                        "status",
                        "priority",
                        "intent",
                        "focus",
                        "authored-on",
                        "modified",
                        "identifier")
                .search("Provenance", "target", "recorded")
                .search("Device", "patient", "organization", "type", "status", "identifier")
                .search("RelatedPerson", "patient", "name", "relationship", "active", "identifier")
                .search("Organization", "identifier", "name", "type", "active")
                .search("Practitioner", "identifier", "name", "family", "given", "gender", "active")
                .ownSearch("Group", "_id", "managing-entity")
                .ownSearch("Subscription", "_id", "status")
                .ownSearch(
                        "AuditEvent",
                        "_count",
                        "_sort",
                        "date",
                        "patient",
                        "agent",
                        "agent-name",
                        "type",
                        "subtype",
                        "action",
                        "outcome",
                        "entity",
                        "client",
                        "request-id");
        // An insurer asks for members that it can name by their insurance number. It browses nobody, and it does not
        // choose members by what was measured. A job has its own reader of values.
        matrix.searchOnly(INSURER, "Patient", "identifier")
                .searchOnly(
                        ANALYSIS_JOB,
                        "Observation",
                        "patient",
                        "subject",
                        "code",
                        "category",
                        "date",
                        "status",
                        "identifier")
                .searchOnly(INSURER, "Observation", "patient", "subject", "code", "category", "date", "status")
                .searchOnly(INSURER, "CarePlan", "patient", "subject", "category", "date", "status", "intent")
                .searchOnly(DEVICE_GATEWAY, "Device", "patient", "identifier", "type", "status");
    }
}
