package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.authorization.RequestedChanges;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/** Leaves out of a write's answer what its caller neither sent nor may have; status and Location stay. */
@Interceptor
public final class WriteAnswerInterceptor {

    private final DisclosureGate gate;

    public WriteAnswerInterceptor(DisclosureGate gate) {
        this.gate = gate;
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.LINKS)
    public void thin(RequestDetails request, ResponseDetails response) {
        IBaseResource answer = response.getResponseResource();
        if (answer == null || RequestedChanges.of(request).isEmpty()) {
            return;
        }
        if (!gate.mayBeShownToWriter(request, answer)) {
            response.setResponseResource(null);
        } else if (answer instanceof Bundle bundle && DisclosureGate.isEnvelope(bundle)) {
            for (BundleEntryComponent entry : bundle.getEntry()) {
                if (entry.hasResource() && !gate.mayBeShownToWriter(request, entry.getResource())) {
                    entry.setResource(null);
                }
            }
        }
    }
}
