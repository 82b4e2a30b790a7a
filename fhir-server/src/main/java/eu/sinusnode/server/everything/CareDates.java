package eu.sinusnode.server.everything;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * By type, the search parameters that say when care took place. When a record was written down is another thing; that is
 * {@code _lastUpdated}. A type without a line has no date of care: an allergy, a coverage or a consent stands until it ends.
 */
final class CareDates {

    static final Map<String, List<String>> BY_TYPE = Map.ofEntries(
            Map.entry("Account", List.of("period")),
            Map.entry("Appointment", List.of("date")),
            Map.entry("Bundle", List.of("timestamp")),
            Map.entry("CarePlan", List.of("date")),
            Map.entry("CareTeam", List.of("date")),
            Map.entry("Communication", List.of("received", "sent")),
            Map.entry("CommunicationRequest", List.of("authored", "occurrence")),
            Map.entry("Condition", List.of("onset-date")),
            Map.entry("DiagnosticReport", List.of("date")),
            Map.entry("DocumentReference", List.of("date", "period")),
            Map.entry("Encounter", List.of("date")),
            Map.entry("Goal", List.of("start-date")),
            Map.entry("Immunization", List.of("date")),
            Map.entry("List", List.of("date")),
            Map.entry("MedicationAdministration", List.of("effective-time")),
            Map.entry("MedicationRequest", List.of("authoredon", "date")),
            Map.entry("MedicationStatement", List.of("effective")),
            Map.entry("NutritionOrder", List.of("datetime")),
            Map.entry("Observation", List.of("date")),
            Map.entry("Procedure", List.of("date")),
            Map.entry("Provenance", List.of("recorded")),
            Map.entry("QuestionnaireResponse", List.of("authored")),
            Map.entry("RiskAssessment", List.of("date")),
            Map.entry("ServiceRequest", List.of("authored", "occurrence")),
            Map.entry("Task", List.of("authored-on")));

    private final PartitionSettings partitions;
    private final Map<String, Long[]> hashes = new ConcurrentHashMap<>();

    CareDates(PartitionSettings partitions) {
        this.partitions = partitions;
    }

    /** Under which names the storage's index has the type's dates of care; empty when it has none. */
    Long[] of(String resourceType) {
        return hashes.computeIfAbsent(resourceType, type -> BY_TYPE.getOrDefault(type, List.of()).stream()
                .map(name -> BaseResourceIndexedSearchParam.calculateHashIdentity(
                        partitions, RequestPartitionId.defaultPartition(), type, name))
                .toArray(Long[]::new));
    }
}
