package eu.sinusnode.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.StepOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code _summary=text} of one record (search.html#summary): a resource of its text and what is mandatory. HAPI would answer
 * with the narrative as a page, which a browser shows as ours, and fail when there is none.
 */
@Interceptor
final class NarrativeInterceptor {

    private static final String TEXT_AND_MANDATORY = "text,id,meta,(mandatory)";

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARRATIVE)
    public void asResource(RequestDetails request) {
        String[] summary = request.getParameters().get(Constants.PARAM_SUMMARY);
        boolean read = request.getRestOperationType() == RestOperationTypeEnum.READ
                || request.getRestOperationType() == RestOperationTypeEnum.VREAD;
        if (read
                && summary != null
                && summary.length == 1
                && SummaryEnum.TEXT.getCode().equals(summary[0])) {
            Map<String, String[]> parameters = new HashMap<>(request.getParameters());
            parameters.remove(Constants.PARAM_SUMMARY);
            parameters.put(Constants.PARAM_ELEMENTS, new String[] {TEXT_AND_MANDATORY});
            request.setParameters(parameters);
        }
    }
}
