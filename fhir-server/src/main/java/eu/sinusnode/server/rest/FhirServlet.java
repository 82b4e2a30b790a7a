package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.ElementsSupportEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.function.Consumer;

/** HAPI's servlet: JSON unless XML is asked for, and nothing that names the software or its version. */
final class FhirServlet extends RestfulServer {

    private static final long serialVersionUID = 1L;

    private final transient Consumer<FhirServlet> setup;

    /** @param setup registers providers and interceptors when the container takes the servlet into service */
    FhirServlet(FhirContext context, String baseUrl, Consumer<FhirServlet> setup) {
        super(context);
        this.setup = setup;
        setServerName("SinusNode");
        setServerAddressStrategy(new HardcodedServerAddressStrategy(baseUrl));
        setDefaultResponseEncoding(EncodingEnum.JSON);
        setDefaultPrettyPrint(false);
        // What a client may ask for is decided before; the parser is told it with the names of types.
        setElementsSupport(ElementsSupportEnum.EXTENDED);
        // A packed body could unfold to any size; the body limit counts what is parsed.
        setUncompressIncomingContents(false);
    }

    @Override
    protected void initialize() {
        setup.accept(this);
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }
}
