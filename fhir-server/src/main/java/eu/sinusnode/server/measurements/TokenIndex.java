package eu.sinusnode.server.measurements;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import java.util.Collection;

/** By which numbers the storage's index of tokens has the search parameters of Observations. */
final class TokenIndex {

    private final PartitionSettings partitions;

    TokenIndex(PartitionSettings partitions) {
        this.partitions = partitions;
    }

    Long[] numbers(Collection<String> parameters) {
        return parameters.stream()
                .map(name -> BaseResourceIndexedSearchParam.calculateHashIdentity(
                        partitions, RequestPartitionId.defaultPartition(), "Observation", name))
                .toArray(Long[]::new);
    }
}
