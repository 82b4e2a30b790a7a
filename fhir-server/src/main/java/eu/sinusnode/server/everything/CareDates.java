package eu.sinusnode.server.everything;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import eu.sinusnode.policy.access.AccessMatrix;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The search parameters that say when care took place, by the names that the resource types have for them. When a record
 * was written down is another thing; that is {@code _lastUpdated}.
 */
final class CareDates {

    private static final Set<String> NAMES = Set.of(
            "date", "onset-date", "start-date", "authored-on", "authoredon", "effective", "effective-time", "recorded");

    private final PartitionSettings partitions;
    private final Map<String, Long[]> byType = new ConcurrentHashMap<>();

    CareDates(PartitionSettings partitions) {
        this.partitions = partitions;
    }

    /** Under which names the storage's index has the type's dates of care; empty when it has none. */
    Long[] of(String resourceType) {
        return byType.computeIfAbsent(resourceType, type -> AccessMatrix.standard().searchParameters(type).stream()
                .filter(NAMES::contains)
                .sorted()
                .map(name -> BaseResourceIndexedSearchParam.calculateHashIdentity(
                        partitions, RequestPartitionId.defaultPartition(), type, name))
                .toArray(Long[]::new));
    }
}
