package eu.sinusnode.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseOperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failed request is told. A failure of our own gets a fixed sentence, and its cause a log line without any value;
 * every other text loses the marks of the software it comes from.
 */
@Interceptor
final class AnswerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerInterceptor.class);
    private static final Pattern MESSAGE_NUMBER = Pattern.compile("HAPI-\\d+: ");
    private static final int FRAMES = 12;

    /** Last of its pointcut: policies say first how their refusals look. */
    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = Integer.MAX_VALUE)
    @Nullable
    BaseServerResponseException internalFailure(RequestDetails request, Throwable failure) {
        boolean expected = failure instanceof BaseServerResponseException answer && answer.getStatusCode() < 500;
        if (expected) {
            return null;
        }
        LOG.atError()
                .addKeyValue("requestId", request == null ? "none" : String.valueOf(request.getRequestId()))
                .addKeyValue("failure", describe(failure))
                .log("A request failed");
        if (failure instanceof BaseServerResponseException answer && answer.getStatusCode() == 503) {
            return null;
        }
        return new InternalErrorException(RequestProblem.INTERNAL.meaning(), Outcomes.of(RequestProblem.INTERNAL));
    }

    @Hook(Pointcut.SERVER_OUTGOING_FAILURE_OPERATIONOUTCOME)
    void plainText(IBaseOperationOutcome outcome) {
        if (outcome instanceof OperationOutcome r4) {
            r4.getIssue().stream()
                    .filter(OperationOutcome.OperationOutcomeIssueComponent::hasDiagnostics)
                    .forEach(issue -> issue.setDiagnostics(
                            MESSAGE_NUMBER.matcher(issue.getDiagnostics()).replaceAll("")));
        }
    }

    /** Classes and places, never messages: those may repeat what a resource holds. */
    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null && text.length() < 8_000; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "" : " <- ").append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(" at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
