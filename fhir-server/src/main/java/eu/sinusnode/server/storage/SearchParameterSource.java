package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.authorization.OpenParameters;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Puts the open search parameters in the place of HAPI's, which would read them from SearchParameters in the database.
 * The registry's own first look asks for stored ones alone, so it is made to look again before the first request.
 */
@Component
final class SearchParameterSource implements BeanPostProcessor, SmartInitializingSingleton {

    private final ObjectProvider<ISearchParamRegistry> registry;

    SearchParameterSource(ObjectProvider<ISearchParamRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ISearchParamProvider
                ? new OpenSearchParameters(
                        R4SearchParameters.of(FhirContext.forR4Cached()),
                        OpenParameters.byType(AccessMatrix.standard()))
                : bean;
    }

    @Override
    public void afterSingletonsInstantiated() {
        // The first refresh may be the registry's first look at the database, which leaves it with what is stored
        // there:
        // nothing. When a refresh finds no news, it asks the source.
        registry.getObject().forceRefresh();
        registry.getObject().forceRefresh();
    }
}
