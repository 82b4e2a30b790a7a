package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationConstants;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** HAPI's consent interceptor with the gate as its one service. */
@Interceptor(order = AuthorizationConstants.ORDER_CONSENT_INTERCEPTOR)
public class DisclosureInterceptor extends ConsentInterceptor {

    public DisclosureInterceptor(DisclosureGate gate) {
        super(gate);
    }

    /** No export is open. HAPI would ask with an empty system request, which names no caller to decide on. */
    @Override
    public boolean shouldBulkExportIncludeResource(BulkExportJobParameters parameters, IBaseResource resource) {
        return false;
    }
}
