package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * {@code Prefer: handling=lenient} on a search: what is unknown is taken off the request, so that it is not in the self link
 * either, and the answer names it. Without the header it is refused.
 */
@Interceptor
public final class LenientInterceptor {

    private static final String PASSED_OVER = LenientInterceptor.class.getName() + ".passed-over";

    private final LenientForm form;

    public LenientInterceptor(LenientForm form) {
        this.form = form;
    }

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.LENIENCE)
    public void passOver(RequestDetails request) {
        if (request.getRestOperationType() != RestOperationTypeEnum.SEARCH_TYPE) {
            return;
        }
        Map<String, List<String>> parameters = request.getParameters().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
        List<String> names =
                form.passedOver(request.getResourceName(), parameters, request.getHeaders(Constants.HEADER_PREFER));
        if (!names.isEmpty()) {
            Map<String, String[]> known = new HashMap<>(request.getParameters());
            names.forEach(known::remove);
            request.setParameters(known);
            request.getUserData().put(PASSED_OVER, names);
        }
    }

    @Hook(value = Pointcut.SERVER_OUTGOING_RESPONSE, order = StepOrder.LENIENCE_TOLD)
    public void tell(RequestDetails request, ResponseDetails response) {
        if (request.getUserData().get(PASSED_OVER) instanceof List<?> names
                && response.getResponseResource() instanceof Bundle found) {
            OperationOutcome outcome = new OperationOutcome();
            names.forEach(name -> Problems.outcome(
                            RequestProblem.PARAMETER_PASSED_OVER,
                            "Parameter " + OpenParameters.printable(String.valueOf(name)) + " of "
                                    + request.getResourceName() + " is not known and was passed over.")
                    .getIssue()
                    .forEach(issue -> outcome.addIssue(
                            issue.setSeverity(IssueSeverity.WARNING).setCode(IssueType.NOTSUPPORTED))));
            found.addEntry().setResource(outcome).getSearch().setMode(SearchEntryMode.OUTCOME);
        }
    }
}
