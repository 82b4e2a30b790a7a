package eu.sinusnode.server.search.values;

import ca.uhn.fhir.jpa.search.builder.predicate.QuantityPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.predicate.TokenPredicateBuilder;
import ca.uhn.fhir.jpa.search.builder.sql.SearchQueryBuilder;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;

/** Stands in for HAPI's builders of conditions, of which each search asks the context for new ones. */
@Configuration
class ValueSearchConfiguration {

    private final ObjectProvider<ISearchParamRegistry> registry;

    ValueSearchConfiguration(ObjectProvider<ISearchParamRegistry> registry) {
        this.registry = registry;
    }

    @Bean
    @Primary
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    TokenPredicateBuilder codePredicateBuilder(SearchQueryBuilder sql) {
        return new EitherCodePredicateBuilder(sql, registry::getObject);
    }

    @Bean
    @Primary
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    QuantityPredicateBuilder valuePredicateBuilder(SearchQueryBuilder sql) {
        return new ValuePredicateBuilder(sql);
    }
}
