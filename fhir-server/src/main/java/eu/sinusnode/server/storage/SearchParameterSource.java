package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
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
        return bean instanceof ISearchParamProvider ? open() : bean;
    }

    private static OpenSearchParameters open() {
        return new OpenSearchParameters(
                R4SearchParameters.of(FhirContext.forR4Cached()), OpenParameters.byType(AccessMatrix.standard()));
    }

    /**
     * The first refresh only brings the registry into being; the second one asks the source.
     *
     * @throws IllegalStateException when a parameter is still missing: searches by it would fail, and writes would not be
     *     found by it later
     */
    @Override
    public void afterSingletonsInstantiated() {
        ISearchParamRegistry active = registry.getObject();
        active.forceRefresh();
        active.forceRefresh();
        open().parameters().forEach(parameter -> {
            String type = parameter.getBase().get(0).getCode();
            if (active.getActiveSearchParam(type, parameter.getCode(), SearchParamLookupContextEnum.ALL) == null) {
                throw new IllegalStateException(
                        "The search parameter " + parameter.getCode() + " of " + type + " is not active.");
            }
        });
    }
}
