package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationConstants;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** HAPI's consent interceptor with the gate as its one service. */
@Interceptor(order = AuthorizationConstants.ORDER_CONSENT_INTERCEPTOR)
public class DisclosureInterceptor extends ConsentInterceptor {

    private static final Set<String> COUNTS = Set.of("_total", "_summary");

    public DisclosureInterceptor(DisclosureGate gate) {
        super(gate);
    }

    /**
     * HAPI refuses counts here, because it would count before it asks for consent. What is counted here is a search that
     * finds only what its caller may have, so the parameters that ask for a count are not shown to that check.
     */
    @Override
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void interceptPreHandled(RequestDetails request) {
        Map<String, String[]> asked = request.getParameters();
        Map<String, String[]> others = new HashMap<>(asked);
        others.keySet().removeAll(COUNTS);
        request.setParameters(others);
        try {
            super.interceptPreHandled(request);
        } finally {
            // What getParameters gives cannot be changed; HAPI changes what it was given.
            request.setParameters(new HashMap<>(asked));
        }
    }

    /** No export is open. HAPI would ask with an empty system request, which names no caller to decide on. */
    @Override
    public boolean shouldBulkExportIncludeResource(BulkExportJobParameters parameters, IBaseResource resource) {
        return false;
    }
}
