package eu.sinusnode.policy.access;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** Puts a {@link RequestProblem} into the words of HTTP and FHIR. */
public final class Problems {

    private Problems() {}

    public static BaseServerResponseException exception(RequestProblem problem) {
        return exception(problem, problem.meaning());
    }

    /** @param what one plain sentence with a full stop, in place of the problem's own, without content of any record */
    public static BaseServerResponseException exception(RequestProblem problem, String what) {
        return exception(problem, outcome(problem, what));
    }

    /** @param faults at least one; the status is the first one's */
    public static BaseServerResponseException exception(List<RequestFault> faults) {
        OperationOutcome outcome = new OperationOutcome();
        for (RequestFault fault : faults) {
            OperationOutcomeIssueComponent issue = addIssue(outcome, fault.problem(), fault.what() + ".");
            if (fault.path() != null) {
                issue.addExpression(fault.path());
            }
        }
        return exception(faults.get(0).problem(), outcome);
    }

    private static BaseServerResponseException exception(RequestProblem problem, OperationOutcome outcome) {
        BaseServerResponseException exception =
                switch (problem.status()) {
                    case 400 -> new InvalidRequestException(problem.code());
                    case 409 -> new ResourceVersionConflictException(problem.code());
                    case 412 -> new PreconditionFailedException(problem.code());
                    case 422 -> new UnprocessableEntityException(problem.code());
                    default -> new UnclassifiedServerFailureException(problem.status(), problem.code());
                };
        exception.setOperationOutcome(outcome);
        return exception;
    }

    public static OperationOutcome outcome(RequestProblem problem, String what) {
        OperationOutcome outcome = new OperationOutcome();
        addIssue(outcome, problem, what);
        return outcome;
    }

    private static OperationOutcomeIssueComponent addIssue(
            OperationOutcome outcome, RequestProblem problem, String what) {
        OperationOutcomeIssueComponent issue =
                outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(type(problem));
        issue.getDetails()
                .addCoding()
                .setSystem(Denials.CODE_SYSTEM)
                .setCode(problem.code())
                .setDisplay(problem.meaning());
        issue.setDiagnostics(problem.code() + ": " + what + " " + problem.remedy());
        return issue;
    }

    /** Whether an exception carries the outcome of a problem of ours. */
    public static boolean isOurs(BaseServerResponseException exception) {
        return exception.getOperationOutcome() instanceof OperationOutcome outcome
                && Denials.CODE_SYSTEM.equals(outcome.getIssueFirstRep()
                        .getDetails()
                        .getCodingFirstRep()
                        .getSystem());
    }

    private static IssueType type(RequestProblem problem) {
        return switch (problem.status()) {
            case 409, 412 -> IssueType.CONFLICT;
            case 422 -> IssueType.PROCESSING;
            case 400 -> IssueType.STRUCTURE;
            case 500 -> IssueType.EXCEPTION;
            case 503 -> IssueType.TRANSIENT;
            default -> IssueType.NOTSUPPORTED;
        };
    }
}
