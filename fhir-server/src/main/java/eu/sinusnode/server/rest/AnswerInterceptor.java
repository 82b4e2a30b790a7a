package eu.sinusnode.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.model.api.StorageResponseCodeEnum;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * Takes what is the software's underneath out of the words of answers: its message numbers, the names of its classes,
 * and the row numbers of its tables, which would tell how much is stored.
 */
@Interceptor
final class AnswerInterceptor {

    private static final String STORAGE_RESPONSES = StorageResponseCodeEnum.SYSTEM;
    private static final Pattern MESSAGE_NUMBER = Pattern.compile("HAPI-\\d+: ");
    /** Bounded, since what is searched may be what a client sent, and long. */
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:\\w{1,80}\\.){0,12}\\w{1,80}(?:Exception|Error)\\b(?: at| in)?:? ?");

    /** Of what was done with a write, the code and its meaning stay. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void withoutRowNumbers(IBaseResource answer) {
        if (answer instanceof OperationOutcome outcome) {
            withoutRowNumbers(outcome);
        } else if (answer instanceof Bundle bundle && bundle.getType() == BundleType.TRANSACTIONRESPONSE) {
            bundle.getEntry().stream()
                    .map(entry -> entry.getResponse().getOutcome())
                    .filter(OperationOutcome.class::isInstance)
                    .forEach(outcome -> withoutRowNumbers((OperationOutcome) outcome));
        }
    }

    private static void withoutRowNumbers(OperationOutcome outcome) {
        for (OperationOutcomeIssueComponent issue : outcome.getIssue()) {
            issue.getDetails().getCoding().stream()
                    .filter(coding -> STORAGE_RESPONSES.equals(coding.getSystem()))
                    .findFirst()
                    .ifPresent(coding -> issue.setDiagnostics(coding.getDisplay()));
        }
    }

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
        issue.setDiagnostics(CLASS.matcher(text).replaceAll(""));
    }
}
