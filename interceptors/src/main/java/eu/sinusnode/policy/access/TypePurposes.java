package eu.sinusnode.policy.access;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why each open resource type is there, in one sentence; {@code docs/resource-types.md} is made of it. */
final class TypePurposes {

    private static final Map<String, String> BY_TYPE = new TreeMap<>(Map.ofEntries(
            Map.entry("Account", "The billing case that ISiK systems relate stays to."),
            Map.entry("ActivityDefinition", "One step of a care programme, for all clinics."),
            Map.entry("AllergyIntolerance", "What a patient must not be given."),
            Map.entry("Appointment", "When a patient meets whom; a group session is one for each patient."),
            Map.entry("AuditEvent", "Who saw or changed what; in a store of its own."),
            Map.entry("Binary", "The bytes behind a document, such as RR intervals."),
            Map.entry("Bundle", "A document (type document) that is stored and read whole; nothing else."),
            Map.entry("CarePlan", "A therapy plan and its activities."),
            Map.entry("CareTeam", "Which clinics treat the patient; their access stands on it."),
            Map.entry("Communication", "A message between patient and clinic."),
            Map.entry("CommunicationRequest", "A reminder or a message that is to be sent."),
            Map.entry("Condition", "Diagnoses."),
            Map.entry("Consent", "What a patient permits; permits are compiled from it."),
            Map.entry("Coverage", "Who insures the patient; an insurer's access stands on it."),
            Map.entry("Device", "What measures, and the algorithms that judge."),
            Map.entry("DiagnosticReport", "A report on findings, once somebody has signed it."),
            Map.entry("DocumentReference", "Where a recording or a document lies, and what it is."),
            Map.entry("Encounter", "A visit or a stay."),
            Map.entry("Goal", "What a therapy plan aims at."),
            Map.entry("Group", "The members of the caller's own organization; computed, never stored."),
            Map.entry("HealthcareService", "What a clinic offers and can be booked for."),
            Map.entry("Immunization", "Vaccinations."),
            Map.entry("List", "A medication list as ISiK asks for it."),
            Map.entry("Location", "Where care takes place."),
            Map.entry(
                    "MeasureReport",
                    "A model's week, or what the analysis's runs came to, in figures of all patients together."),
            Map.entry("Medication", "A drug that prescriptions name; for all clinics."),
            Map.entry("MedicationAdministration", "What was given or taken, and when."),
            Map.entry("MedicationRequest", "What was prescribed."),
            Map.entry("MedicationStatement", "What is taken, as patient or clinic tells it."),
            Map.entry("NutritionOrder", "A diet that was ordered."),
            Map.entry("Observation", "Vital readings, findings, laboratory values and risk flags."),
            Map.entry("Organization", "Clinics, insurers, centres."),
            Map.entry("Patient", "Whose record it is."),
            Map.entry("PlanDefinition", "A care programme that therapy plans are made from, for all clinics."),
            Map.entry("Practitioner", "Who treats."),
            Map.entry("PractitionerRole", "What a practitioner does at which organization."),
            Map.entry("Procedure", "What was done, such as a stent."),
            Map.entry(
                    "Provenance",
                    "What a risk flag was made of and who signed it; of which intakes days covered were computed; who released"
                            + " a therapy plan; who merged two Patients."),
            Map.entry("Questionnaire", "The questions, for all clinics."),
            Map.entry("QuestionnaireResponse", "A patient's answers."),
            Map.entry("RelatedPerson", "Who may act for the patient, and when."),
            Map.entry("RiskAssessment", "A risk that a clinic assessed, once somebody has signed it."),
            Map.entry("Schedule", "The calendar of a clinic's role, service or place."),
            Map.entry("ServiceRequest", "An order or a referral."),
            Map.entry("Slot", "A time in a calendar, free or taken."),
            Map.entry("Subscription", "Whom to tell that something happened; in a store of its own."),
            Map.entry("Task", "What somebody is asked to do, such as to sign a flag.")));

    private TypePurposes() {}

    static Optional<String> of(String resourceType) {
        return Optional.ofNullable(BY_TYPE.get(resourceType));
    }
}
