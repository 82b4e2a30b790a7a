package eu.sinusnode.server.storage;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.authorization.OpenParameters;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Puts the open search parameters in the place of HAPI's, which would read them from SearchParameters in the database. */
@Component
final class SearchParameterSource implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof ISearchParamProvider)) {
            return bean;
        }
        Map<String, Set<String>> open = OpenParameters.byType(AccessMatrix.standard());
        return new OpenSearchParameters(FhirContext.forR4Cached(), open);
    }
}
