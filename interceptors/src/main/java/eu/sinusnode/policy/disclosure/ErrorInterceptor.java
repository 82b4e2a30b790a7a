package eu.sinusnode.policy.disclosure;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.NotModifiedException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.KnownGoneException;
import eu.sinusnode.policy.access.Problems;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.audit.DenialLedger;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an error may tell. A record that is hidden, deleted or unknown gives one and the same answer, down to the byte;
 * a fault of the server says nothing of itself. No message of an error goes into the log: it may name a record.
 */
@Interceptor
public final class ErrorInterceptor {

    private static final Set<RestOperationTypeEnum> NAMING_A_RECORD = EnumSet.of(
            RestOperationTypeEnum.READ,
            RestOperationTypeEnum.VREAD,
            RestOperationTypeEnum.HISTORY_INSTANCE,
            RestOperationTypeEnum.UPDATE,
            RestOperationTypeEnum.PATCH,
            RestOperationTypeEnum.DELETE);

    /** HAPI's words for a body that is no resource. */
    private static final String UNREADABLE = "Failed to parse request body";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorInterceptor.class);

    @Hook(value = Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION, order = StepOrder.ERROR_TEXT)
    public BaseServerResponseException say(RequestDetails request, Throwable fault) {
        if (fault instanceof Denials.ProblemException told) {
            return told;
        }
        if (fault instanceof DataFormatException unreadable) {
            return coded(new InvalidRequestException(unreadable.getMessage()));
        }
        if (UnreadableRequest.isBody(fault)) {
            return Problems.exception(RequestProblem.BODY_UNREADABLE);
        }
        if (UnreadableRequest.isAddressOrForm(fault)) {
            return Problems.exception(RequestProblem.REQUEST_MALFORMED);
        }
        if (!(fault instanceof BaseServerResponseException answer) || answer.getStatusCode() >= 500) {
            return fault(request, fault);
        }
        if (answer instanceof ResourceVersionConflictException conflict) {
            return conflict(request, conflict);
        }
        if (answer instanceof PreconditionFailedException && !Problems.isOurs(answer)) {
            return Problems.exception(RequestProblem.SEVERAL_MATCHES);
        }
        boolean unknown = answer.getStatusCode() == 404 || answer.getStatusCode() == 410;
        if (unknown && namesRecord(request) && !(answer instanceof KnownGoneException)) {
            return Denials.unknown(DenialLedger.path(request));
        }
        return answer instanceof NotModifiedException || Problems.isOurs(answer) ? answer : coded(answer);
    }

    private static boolean namesRecord(RequestDetails request) {
        RestOperationTypeEnum operation = request.getRestOperationType();
        return NAMING_A_RECORD.contains(operation);
    }

    /** The storage's own words name the record that refers to the one that was to be deleted. */
    private static BaseServerResponseException conflict(
            RequestDetails request, ResourceVersionConflictException conflict) {
        if (Problems.isOurs(conflict)) {
            return conflict;
        }
        if (conflict.getOperationOutcome() != null) {
            return Problems.exception(RequestProblem.STILL_REFERENCED);
        }
        boolean versionAsked = request.getHeader("If-Match") != null;
        return Problems.exception(versionAsked ? RequestProblem.VERSION_MISMATCH : RequestProblem.CHANGED_MEANWHILE);
    }

    private static BaseServerResponseException fault(RequestDetails request, Throwable fault) {
        int status = fault instanceof BaseServerResponseException answer ? answer.getStatusCode() : 500;
        LOG.error("Request {} failed: {}", request.getRequestId(), FaultOrigin.of(fault));
        UnclassifiedServerFailureException said = new UnclassifiedServerFailureException(status, "failed");
        said.setOperationOutcome(Problems.outcome(
                RequestProblem.SERVER_FAULT,
                "The server failed; the operator finds why by X-Request-Id " + request.getRequestId() + "."));
        return said;
    }

    /** What HAPI refuses by itself gets a code and a remedy; its words and its status stay. */
    private static BaseServerResponseException coded(BaseServerResponseException answer) {
        OperationOutcome outcome =
                answer.getOperationOutcome() instanceof OperationOutcome said ? said : new OperationOutcome();
        if (outcome.getIssue().isEmpty()) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.ERROR)
                    .setCode(IssueType.PROCESSING)
                    .setDiagnostics(answer.getMessage());
        }
        if (!Denials.isUnknown(answer)) {
            outcome.getIssue().forEach(issue -> code(issue, answer.getStatusCode()));
        }
        answer.setOperationOutcome(outcome);
        return answer;
    }

    private static void code(OperationOutcomeIssueComponent issue, int status) {
        String said = issue.hasDiagnostics() ? issue.getDiagnostics().strip() : "";
        RequestProblem problem = problem(said, status);
        issue.getDetails()
                .addCoding()
                .setSystem(Denials.CODE_SYSTEM)
                .setCode(problem.code())
                .setDisplay(problem.meaning());
        String what = said.isEmpty() ? problem.meaning() : said.endsWith(".") ? said : said + ".";
        issue.setDiagnostics(problem.code() + ": " + what + " " + problem.remedy());
    }

    private static RequestProblem problem(String said, int status) {
        if (said.contains(UNREADABLE)) {
            return RequestProblem.BODY_UNREADABLE;
        }
        return status == 404 ? RequestProblem.PATH_UNKNOWN : RequestProblem.NOT_UNDERSTOOD;
    }
}
