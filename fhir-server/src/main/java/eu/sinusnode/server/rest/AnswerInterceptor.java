package eu.sinusnode.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import eu.sinusnode.policy.access.RequestProblem;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * Takes the message numbers of the software underneath out of what a failed request is told, and gives a body that could
 * not be read its code and remedy.
 */
@Interceptor
final class AnswerInterceptor {

    private static final String UNREADABLE = "Failed to parse request body";
    private static final Pattern MESSAGE_NUMBER = Pattern.compile("HAPI-\\d+: ");

    @Hook(Pointcut.SERVER_OUTGOING_FAILURE_OPERATIONOUTCOME)
    public void plainText(IBaseOperationOutcome outcome) {
        if (outcome instanceof OperationOutcome answer) {
            answer.getIssue().stream()
                    .filter(OperationOutcomeIssueComponent::hasDiagnostics)
                    .forEach(AnswerInterceptor::plainText);
        }
    }

    private static void plainText(OperationOutcomeIssueComponent issue) {
        String text = MESSAGE_NUMBER.matcher(issue.getDiagnostics()).replaceAll("");
        if (!text.startsWith(UNREADABLE)) {
            issue.setDiagnostics(text);
            return;
        }
        RequestProblem problem = RequestProblem.BODY_UNREADABLE;
        issue.setDiagnostics(problem.code() + ": " + text + ". " + problem.remedy());
        issue.getDetails()
                .addCoding()
                .setSystem(Outcomes.CODES)
                .setCode(problem.code())
                .setDisplay(problem.meaning());
    }
}
