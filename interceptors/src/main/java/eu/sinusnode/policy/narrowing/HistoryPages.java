package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.KnownGoneException;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.authorization.OpenParameters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * The links of a history. Where a page begins stands in its link, with a mark of whose page it is: to another caller it
 * has expired. There is no total, since each version is decided by itself.
 */
@Interceptor
public final class HistoryPages {

    private static final String ASKED = HistoryPages.class.getName() + ".asked";
    private static final String NEXT = HistoryPages.class.getName() + ".next";

    /** Where the asked page begins; empty for the first one. */
    public static Optional<String> asked(RequestDetails request) {
        return Optional.ofNullable((String) request.getUserData().get(ASKED));
    }

    /** @param place where the next page begins, or null when there is none */
    public static void setNext(RequestDetails request, @Nullable String place) {
        if (place != null) {
            request.getUserData().put(NEXT, place);
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARROWING)
    public void check(RequestDetails request) {
        String[] given = request.getParameters().get(OpenParameters.PAGE);
        if (given == null || !isHistory(request)) {
            return;
        }
        Optional<String> place =
                given.length == 1 ? SearchPageId.place(CurrentCaller.require(request), given[0]) : Optional.empty();
        if (place.isEmpty()) {
            DenialLedger.note(
                    request, new Decision.Deny(DenialCode.GATE, "the page is not one of the caller's histories"), null);
            throw new KnownGoneException("The page does not exist or has expired; ask for the history again.");
        }
        request.getUserData().put(ASKED, place.get());
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.LINKS)
    public void link(RequestDetails request, ResponseDetails response) {
        if (!isHistory(request) || !(response.getResponseResource() instanceof Bundle bundle)) {
            return;
        }
        bundle.setTotalElement(null);
        bundle.getLink().clear();
        bundle.addLink().setRelation("self").setUrl(url(request));
        String next = (String) request.getUserData().get(NEXT);
        if (next != null) {
            Map<String, String[]> asked = request.getParameters();
            Map<String, String[]> following = new HashMap<>(asked);
            following.put(OpenParameters.PAGE, new String[] {SearchPageId.mark(CurrentCaller.require(request), next)});
            request.setParameters(following);
            bundle.addLink().setRelation("next").setUrl(url(request));
            request.setParameters(asked);
        }
    }

    private static String url(RequestDetails request) {
        return RestfulServerUtils.createLinkSelf(request.getFhirServerBase(), request);
    }

    private static boolean isHistory(RequestDetails request) {
        return request.getRestOperationType() == RestOperationTypeEnum.HISTORY_INSTANCE
                || request.getRestOperationType() == RestOperationTypeEnum.HISTORY_TYPE;
    }
}
