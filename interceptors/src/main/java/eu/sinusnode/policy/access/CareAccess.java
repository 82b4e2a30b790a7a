package eu.sinusnode.policy.access;

import static eu.sinusnode.policy.access.AccessMatrix.open;
import static eu.sinusnode.policy.access.CallerKind.ADMINISTRATOR;
import static eu.sinusnode.policy.access.CallerKind.ANALYSIS_JOB;
import static eu.sinusnode.policy.access.CallerKind.CLINICIAN;
import static eu.sinusnode.policy.access.CallerKind.CLINIC_SYSTEM;
import static eu.sinusnode.policy.access.CallerKind.INSURER;
import static eu.sinusnode.policy.access.CallerKind.PATIENT;
import static eu.sinusnode.policy.access.CallerKind.REPRESENTATIVE;

/**
 * The rows of medication, appointments, stays, questionnaires and findings. A patient reads all of the own record and
 * writes what only a patient can tell; the care team's clinics write the rest. An insurer gets what it pays for and not
 * why: no diagnoses, stays or findings. The analysis job gets the inputs of its models.
 */
final class CareAccess {

    private CareAccess() {}

    static void fill(AccessMatrix matrix) {
        medication(matrix);
        appointments(matrix);
        findings(matrix);
        records(matrix);
    }

    private static void medication(AccessMatrix matrix) {
        matrix.row(
                        "MedicationRequest",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER, ANALYSIS_JOB),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "MedicationRequest",
                        "patient",
                        "subject",
                        "status",
                        "intent",
                        "category",
                        "code",
                        "medication",
                        "authoredon",
                        "date",
                        "encounter",
                        "requester",
                        "identifier")
                .row(
                        "MedicationAdministration",
                        open("crds", PATIENT, REPRESENTATIVE),
                        open("rs", ANALYSIS_JOB),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "MedicationAdministration",
                        "patient",
                        "subject",
                        "status",
                        "code",
                        "medication",
                        "effective-time",
                        "context",
                        "performer",
                        "request",
                        "identifier")
                .row(
                        "MedicationStatement",
                        open("crds", PATIENT, REPRESENTATIVE),
                        open("rs", ANALYSIS_JOB),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "MedicationStatement",
                        "patient",
                        "subject",
                        "status",
                        "category",
                        "code",
                        "medication",
                        "effective",
                        "context",
                        "part-of",
                        "identifier")
                .row(
                        "NutritionOrder",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search("NutritionOrder", "patient", "status", "datetime", "encounter", "identifier")
                .row(
                        "ServiceRequest",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "ServiceRequest",
                        "patient",
                        "subject",
                        "status",
                        "intent",
                        "category",
                        "code",
                        "authored",
                        "occurrence",
                        "encounter",
                        "requester",
                        "performer",
                        "identifier");
    }

    private static void appointments(AccessMatrix matrix) {
        matrix.row(
                        "Appointment",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Appointment",
                        "patient",
                        "actor",
                        "practitioner",
                        "location",
                        "status",
                        "service-type",
                        "specialty",
                        "appointment-type",
                        "date",
                        "slot",
                        "based-on",
                        "identifier")
                .row(
                        "Encounter",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Encounter",
                        "patient",
                        "subject",
                        "status",
                        "class",
                        "type",
                        "date",
                        "date-start",
                        "end-date",
                        "account",
                        "appointment",
                        "diagnosis",
                        "location",
                        "part-of",
                        "practitioner",
                        "service-provider",
                        "identifier")
                .row(
                        "Account",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, INSURER),
                        open("crus", CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search("Account", "patient", "subject", "status", "type", "owner", "period", "identifier")
                .row(
                        "Communication",
                        open("crs", PATIENT, REPRESENTATIVE),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Communication",
                        "patient",
                        "subject",
                        "status",
                        "category",
                        "sent",
                        "received",
                        "sender",
                        "recipient",
                        "encounter",
                        "identifier")
                .row(
                        "CommunicationRequest",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "CommunicationRequest",
                        "patient",
                        "subject",
                        "status",
                        "category",
                        "priority",
                        "authored",
                        "occurrence",
                        "requester",
                        "sender",
                        "recipient",
                        "encounter",
                        "identifier");
    }

    private static void findings(AccessMatrix matrix) {
        matrix.row(
                        "QuestionnaireResponse",
                        open("crds", PATIENT, REPRESENTATIVE),
                        open("rs", ANALYSIS_JOB),
                        open("cruds", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "QuestionnaireResponse",
                        "patient",
                        "subject",
                        "questionnaire",
                        "status",
                        "authored",
                        "author",
                        "source",
                        "encounter",
                        "identifier")
                .row(
                        "DiagnosticReport",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "DiagnosticReport",
                        "patient",
                        "subject",
                        "status",
                        "category",
                        "code",
                        "date",
                        "issued",
                        "encounter",
                        "based-on",
                        "result",
                        "identifier")
                .row(
                        "RiskAssessment",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "RiskAssessment",
                        "patient",
                        "subject",
                        "status",
                        "method",
                        "risk",
                        "date",
                        "condition",
                        "encounter",
                        "identifier");
    }

    private static void records(AccessMatrix matrix) {
        matrix.row(
                        "Procedure",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Procedure",
                        "patient",
                        "subject",
                        "status",
                        "category",
                        "code",
                        "date",
                        "encounter",
                        "performer",
                        "based-on",
                        "identifier")
                .row(
                        "AllergyIntolerance",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "AllergyIntolerance",
                        "patient",
                        "clinical-status",
                        "verification-status",
                        "category",
                        "code",
                        "criticality",
                        "type",
                        "date",
                        "identifier")
                .row(
                        "Immunization",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search("Immunization", "patient", "status", "vaccine-code", "date", "identifier")
                .row(
                        "List",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crus", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "List",
                        "patient",
                        "subject",
                        "status",
                        "code",
                        "date",
                        "encounter",
                        "item",
                        "source",
                        "title",
                        "identifier")
                // A document is not changed: a new one takes its place.
                .row(
                        "Bundle",
                        open("rs", PATIENT, REPRESENTATIVE),
                        open("crs", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search("Bundle", "patient", "type", "timestamp", "identifier");
    }
}
