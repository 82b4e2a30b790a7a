package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.api.server.bulk.BulkExportJobParameters;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationConstants;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.UnsignedIntType;

/** HAPI's consent interceptor with the gate as its one service. */
@Interceptor(order = AuthorizationConstants.ORDER_CONSENT_INTERCEPTOR)
public class DisclosureInterceptor extends ConsentInterceptor {

    private static final Set<String> COUNTS = Set.of("_total", "_summary");

    /** The parameters by which a search asks for its total, and with which values. */
    private static final Map<String, Set<String>> TOTALS = Map.of(
            "_total", Set.of("accurate", "estimate"),
            "_summary", Set.of("count"),
            "_count", Set.of("0"));

    private final DisclosureGate gate;

    public DisclosureInterceptor(DisclosureGate gate) {
        super(gate);
        this.gate = gate;
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

    /**
     * HAPI leaves every total out here, too. One that was asked for is of a search that had been narrowed; it stays, unless
     * the gate had to withhold something after all.
     */
    @Override
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void interceptOutgoingResponse(RequestDetails request, ResponseDetails response) {
        UnsignedIntType total =
                response.getResponseResource() instanceof Bundle found && found.hasTotal() && asksForTotal(request)
                        ? found.getTotalElement().copy()
                        : null;
        super.interceptOutgoingResponse(request, response);
        if (total != null && response.getResponseResource() instanceof Bundle answered && !gate.hasWithheld(request)) {
            answered.setTotalElement(total);
        }
    }

    private static boolean asksForTotal(RequestDetails request) {
        return request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE
                && TOTALS.entrySet().stream().anyMatch(asking -> Arrays.stream(
                                request.getParameters().getOrDefault(asking.getKey(), new String[0]))
                        .anyMatch(asking.getValue()::contains));
    }

    /** No export is open. HAPI would ask with an empty system request, which names no caller to decide on. */
    @Override
    public boolean shouldBulkExportIncludeResource(BulkExportJobParameters parameters, IBaseResource resource) {
        return false;
    }
}
