package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a search have its total and were narrowed for one caller, so they belong to that caller. The id of a
 * search says whose it is, so that nothing has to be kept for it, here or on another node; to anybody else it is the id
 * of a search that does not exist.
 */
@Interceptor
public final class SearchPagesInterceptor {

    /** Before HAPI stores the search or writes its id into a link. Requests of the server itself name no caller. */
    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    public void name(ICachedSearchDetails search, @Nullable RequestDetails request) {
        if (request != null) {
            CurrentCaller.find(request).ifPresent(caller -> search.setUuid(SearchPageId.newFor(caller)));
        }
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARROWING)
    public void check(RequestDetails request) {
        if (request.getRestOperationType() != RestOperationTypeEnum.GET_PAGE) {
            return;
        }
        Caller caller = CurrentCaller.require(request);
        Map<String, String[]> parameters = request.getParameters();
        String[] asked = parameters.getOrDefault(Constants.PARAM_PAGINGACTION, new String[0]);
        if (asked.length != 1 || !SearchPageId.isOf(caller, asked[0])) {
            DenialLedger.note(
                    request, new Decision.Deny(DenialCode.GATE, "the page is not one of the caller's searches"), null);
            throw new ResourceGoneException("The page does not exist or has expired; search again.");
        }
    }
}
