package eu.sinusnode.server.search.values;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.BaseResourceIndexedSearchParam;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamQuantity;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import eu.sinusnode.policy.search.ValueParameter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Observation;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * HAPI's extractor of what is indexed, but for the values of Observations, which have an index of our own making, and for
 * {@link EitherCode}, which needs no rows.
 */
@Component
@Primary
public class ObservationExtractor extends SearchParamExtractorR4 {

    private final ISearchParamRegistry registry;
    private final PartitionSettings partitions;

    public ObservationExtractor(ISearchParamRegistry registry, PartitionSettings partitions) {
        this.registry = registry;
        this.partitions = partitions;
    }

    @Override
    public SearchParamSet<BaseResourceIndexedSearchParam> extractSearchParamTokens(
            IBaseResource resource, ISearchParamFilter filter) {
        return super.extractSearchParamTokens(
                resource,
                resource instanceof Observation
                        ? parameters -> filter.filterSearchParams(EitherCode.removedFrom(parameters))
                        : filter);
    }

    @Override
    public SearchParamSet<ResourceIndexedSearchParamQuantity> extractSearchParamQuantity(
            IBaseResource resource, ISearchParamFilter filter) {
        if (!(resource instanceof Observation observation)) {
            return super.extractSearchParamQuantity(resource, filter);
        }
        RuntimeSearchParam values = registry.getActiveSearchParam(
                ValueParameter.TYPE, ValueIndex.PARAMETER, SearchParamLookupContextEnum.INDEX);
        SearchParamSet<ResourceIndexedSearchParamQuantity> rows = new SearchParamSet<>();
        if (!filter.filterSearchParams(List.of(values)).isEmpty()) {
            rows.addAll(values(partitions, observation));
        }
        return rows;
    }

    /** What is indexed of the values of an Observation. */
    public static Set<ResourceIndexedSearchParamQuantity> values(
            PartitionSettings partitions, Observation observation) {
        Set<ResourceIndexedSearchParamQuantity> rows = new LinkedHashSet<>();
        ValueIndex.rows(observation)
                .forEach(row -> rows.add(new ResourceIndexedSearchParamQuantity(
                        partitions,
                        ValueParameter.TYPE,
                        ValueIndex.PARAMETER,
                        row.value(),
                        row.unit(),
                        row.subject())));
        return rows;
    }
}
