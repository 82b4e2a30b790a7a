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
 * The rows of what is nobody's health record: places and services, calendars, drugs, questionnaires and programmes. All
 * clinics share it, so a clinic adds to it and changes nothing but its own calendars; what others rely on, such as the
 * drug of a prescription, is corrected by the administrator or replaced by a new one.
 */
final class DirectoryAccess {

    private DirectoryAccess() {}

    static void fill(AccessMatrix matrix) {
        places(matrix);
        calendars(matrix);
        definitions(matrix);
    }

    private static void places(AccessMatrix matrix) {
        matrix.row(
                        "PractitionerRole",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "PractitionerRole",
                        "active",
                        "practitioner",
                        "organization",
                        "location",
                        "service",
                        "role",
                        "specialty",
                        "identifier")
                .row(
                        "Location",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Location",
                        "status",
                        "type",
                        "name",
                        "address",
                        "address-city",
                        "address-postalcode",
                        "organization",
                        "partof",
                        "identifier")
                .row(
                        "HealthcareService",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "HealthcareService",
                        "active",
                        "name",
                        "service-category",
                        "service-type",
                        "specialty",
                        "organization",
                        "location",
                        "identifier");
    }

    private static void calendars(AccessMatrix matrix) {
        matrix.row(
                        "Schedule",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN),
                        open("cruds", CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search("Schedule", "active", "actor", "date", "service-type", "specialty", "identifier")
                .row(
                        "Slot",
                        open("rs", PATIENT, REPRESENTATIVE, CLINICIAN),
                        open("cruds", CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Slot",
                        "schedule",
                        "status",
                        "start",
                        "appointment-type",
                        "service-type",
                        "specialty",
                        "identifier");
    }

    private static void definitions(AccessMatrix matrix) {
        matrix.row(
                        "Medication",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER, ANALYSIS_JOB),
                        open("crs", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search("Medication", "code", "form", "ingredient", "ingredient-code", "status", "identifier")
                .row(
                        "Questionnaire",
                        open("rs", PATIENT, REPRESENTATIVE, ANALYSIS_JOB),
                        open("crs", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "Questionnaire",
                        "url",
                        "version",
                        "name",
                        "title",
                        "status",
                        "date",
                        "code",
                        "subject-type",
                        "identifier")
                .row(
                        "PlanDefinition",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER),
                        open("crs", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "PlanDefinition",
                        "url",
                        "version",
                        "name",
                        "title",
                        "status",
                        "date",
                        "type",
                        "topic",
                        "identifier")
                .row(
                        "ActivityDefinition",
                        open("rs", PATIENT, REPRESENTATIVE, INSURER),
                        open("crs", CLINICIAN, CLINIC_SYSTEM),
                        open("cud", ADMINISTRATOR))
                .search(
                        "ActivityDefinition",
                        "url",
                        "version",
                        "name",
                        "title",
                        "status",
                        "date",
                        "topic",
                        "identifier")
                // Figures of all patients together.
                .row("MeasureReport", open("rs", CLINICIAN), open("c", ANALYSIS_JOB), open("cruds", ADMINISTRATOR))
                .search("MeasureReport", "measure", "date", "period", "status", "identifier");
    }
}
