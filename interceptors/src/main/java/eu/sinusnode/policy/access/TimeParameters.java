package eu.sinusnode.policy.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The search parameter that says when a record's content was true, by type. Each is about one element that is there once
 * at most, so that a record has one time by it. When a record was written down is another thing; that is
 * {@code _lastUpdated}. A type without a line tells no time: what a document or a file holds is of many.
 */
public final class TimeParameters {

    private static final Map<String, String> BY_TYPE = new TreeMap<>(Map.ofEntries(
            Map.entry("Account", "period"),
            Map.entry("AllergyIntolerance", "date"),
            Map.entry("Appointment", "date"),
            Map.entry("CarePlan", "date"),
            Map.entry("Communication", "sent"),
            Map.entry("CommunicationRequest", "authored"),
            Map.entry("Condition", "onset-date"),
            Map.entry("DiagnosticReport", "date"),
            Map.entry("DocumentReference", "period"),
            Map.entry("Encounter", "date"),
            Map.entry("Goal", "start-date"),
            Map.entry("Immunization", "date"),
            Map.entry("List", "date"),
            Map.entry("MedicationAdministration", "effective-time"),
            Map.entry("MedicationRequest", "authoredon"),
            Map.entry("MedicationStatement", "effective"),
            Map.entry("NutritionOrder", "datetime"),
            Map.entry("Observation", "date"),
            Map.entry("Procedure", "date"),
            Map.entry("Provenance", "recorded"),
            Map.entry("QuestionnaireResponse", "authored"),
            Map.entry("RiskAssessment", "date"),
            Map.entry("ServiceRequest", "authored"),
            Map.entry("Task", "authored-on")));

    private TimeParameters() {}

    /** The types whose records tell a time. */
    public static Set<String> types() {
        return Set.copyOf(BY_TYPE.keySet());
    }

    /** Empty for a type that tells none. */
    public static Optional<String> of(String resourceType) {
        return Optional.ofNullable(BY_TYPE.get(resourceType));
    }
}
