package eu.sinusnode.server.search.values;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.dao.predicate.SearchFilterParser.CompareOperation;
import ca.uhn.fhir.jpa.search.builder.predicate.TokenPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import com.healthmarketscience.sqlbuilder.ComboCondition;
import com.healthmarketscience.sqlbuilder.Condition;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HAPI's conditions on tokens, where {@link EitherCode} asks for the rows of its parts. */
final class EitherCodePredicateBuilder extends TokenPredicateBuilder {

    private final Supplier<ISearchParamRegistry> registry;

    EitherCodePredicateBuilder(SearchQueryBuilder sql, Supplier<ISearchParamRegistry> registry) {
        super(sql);
        this.registry = registry;
    }

    @Override
    public Condition createPredicateToken(
            Collection<IQueryParameterType> asked,
            String resourceType,
            @Nullable String prefix,
            RuntimeSearchParam parameter,
            @Nullable CompareOperation comparison,
            RequestPartitionId partition) {
        if (!EitherCode.is(resourceType, parameter.getName())) {
            return super.createPredicateToken(asked, resourceType, prefix, parameter, comparison, partition);
        }
        return ofParts(part -> super.createPredicateToken(
                asked,
                resourceType,
                prefix,
                registry.get().getActiveSearchParam(resourceType, part, SearchParamLookupContextEnum.SEARCH),
                comparison,
                partition));
    }

    /** For {@code _sort} and {@code :missing}, which ask for the rows of a parameter, whatever they hold. */
    @Override
    public Condition createHashIdentityPredicate(RequestPartitionId partition, String resourceType, String parameter) {
        return EitherCode.is(resourceType, parameter)
                ? ofParts(part -> super.createHashIdentityPredicate(partition, resourceType, part))
                : super.createHashIdentityPredicate(partition, resourceType, parameter);
    }

    private static Condition ofParts(Function<String, Condition> condition) {
        return ComboCondition.or(EitherCode.PARTS.stream().map(condition).toArray(Condition[]::new));
    }
}
