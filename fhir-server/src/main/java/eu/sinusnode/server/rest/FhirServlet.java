package eu.sinusnode.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.ElementsSupportEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IPagingProvider;
import ca.uhn.fhir.rest.server.RestfulServer;

/** HAPI's servlet: JSON unless XML is asked for, and nothing that names the software or its version. */
final class FhirServlet extends RestfulServer {

    private static final long serialVersionUID = 1L;

    FhirServlet(FhirContext context, String baseUrl, IPagingProvider paging) {
        super(context);
        setServerName("SinusNode");
        setServerAddressStrategy(new HardcodedServerAddressStrategy(baseUrl));
        setDefaultResponseEncoding(EncodingEnum.JSON);
        setDefaultPrettyPrint(false);
        setElementsSupport(ElementsSupportEnum.STANDARD);
        setPagingProvider(paging);
        // A packed body could unfold to any size; the body limit counts what is parsed.
        setUncompressIncomingContents(false);
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }
}
