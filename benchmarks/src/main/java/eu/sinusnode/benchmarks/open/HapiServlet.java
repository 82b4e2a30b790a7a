package eu.sinusnode.benchmarks.open;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** HAPI's own providers and nothing before them. */
public final class HapiServlet extends RestfulServer {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<RestfulServer> setup;

    private HapiServlet(FhirContext context, String baseUrl, Consumer<RestfulServer> setup) {
        super(context);
        this.setup = setup;
        setServerAddressStrategy(new HardcodedServerAddressStrategy(baseUrl));
        setDefaultResponseEncoding(EncodingEnum.JSON);
    }

    /**
     * Under {@code /fhir}.
     *
     * @param further providers beside those of the types and of the whole system
     */
    public static ServletRegistrationBean<RestfulServer> registration(
            FhirContext context,
            String baseUrl,
            ObjectProvider<ResourceProviderFactory> providers,
            ObjectProvider<JpaSystemProvider<Bundle, Meta>> system,
            ObjectProvider<DatabaseBackedPagingProvider> paging,
            ObjectProvider<?>... further) {
        RestfulServer servlet = new HapiServlet(context, baseUrl, ready -> {
            ready.setPagingProvider(paging.getObject());
            ready.registerProviders(providers.getObject().createProviders());
            ready.registerProvider(system.getObject());
            for (ObjectProvider<?> provider : further) {
                ready.registerProvider(provider.getObject());
            }
        });
        ServletRegistrationBean<RestfulServer> registration = new ServletRegistrationBean<>(servlet, "/fhir/*");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Override
    protected void initialize() {
        setup.accept(this);
    }
}
