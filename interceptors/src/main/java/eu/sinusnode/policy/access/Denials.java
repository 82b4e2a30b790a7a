package eu.sinusnode.policy.access;

import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import eu.sinusnode.profiles.Canonicals;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** Puts a refusal into the words of HTTP and FHIR. */
public final class Denials {

    /** CodeSystem of {@link DenialCode}. */
    public static final String CODE_SYSTEM = Canonicals.BASE + "/CodeSystem/denial-code";

    private static final String NOT_KNOWN = " is not known";

    private Denials() {}

    /**
     * The exception that answers a refusal. One that hides existence says nothing but that the record is not known.
     *
     * @param recordPath {@code Type/id} as the request names it, for the answers that hide existence
     */
    public static BaseServerResponseException exception(Decision.Deny deny, String recordPath) {
        if (deny.code().hidesExistence()) {
            return unknown(recordPath);
        }
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue(issue(deny));
        return switch (deny.code().status()) {
            case 401 -> unauthenticated(deny, outcome);
            case 404 -> new ResourceNotFoundException(deny.code().code(), outcome);
            case 422 -> unprocessable(outcome);
            default -> new ForbiddenOperationException(deny.code().code(), outcome);
        };
    }

    /**
     * The same for what a request wants stored or deleted; the answer names it.
     *
     * @param expression where it stands in the request, such as {@code CarePlan} or {@code Bundle.entry[3].resource}
     */
    public static BaseServerResponseException exception(Decision.Deny deny, String recordPath, String expression) {
        BaseServerResponseException refusal = exception(deny, recordPath);
        if (!deny.code().hidesExistence() && refusal.getOperationOutcome() instanceof OperationOutcome outcome) {
            outcome.getIssueFirstRep().addExpression(expression);
        }
        return refusal;
    }

    /** The answer for a record that does not exist, and for every one that the caller may not know of. */
    public static ResourceNotFoundException unknown(String recordPath) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.PROCESSING)
                .setDiagnostics("HAPI-2001: Resource " + recordPath + NOT_KNOWN);
        return new ResourceNotFoundException("not known", outcome);
    }

    /** Whether it is the answer for a record that does not exist, from here or from HAPI: both are left as they are. */
    public static boolean isUnknown(BaseServerResponseException answer) {
        String said = answer.getOperationOutcome() instanceof OperationOutcome outcome
                ? outcome.getIssueFirstRep().getDiagnostics()
                : answer.getMessage();
        return answer instanceof ResourceNotFoundException && said != null && said.endsWith(NOT_KNOWN);
    }

    /** A 422 with every issue at once. */
    public static UnprocessableEntityException unprocessable(List<OperationOutcomeIssueComponent> issues) {
        OperationOutcome outcome = new OperationOutcome();
        outcome.setIssue(issues);
        return unprocessable(outcome);
    }

    /** The answer to a request that has a problem of its own, or cannot be answered now. It leaves as it is. */
    public static ProblemException problem(RequestProblem problem, String reason) {
        OperationOutcome outcome = new OperationOutcome();
        OperationOutcomeIssueComponent issue = outcome.addIssue();
        issue.setSeverity(IssueSeverity.ERROR);
        issue.setCode(problem.status() < 500 ? IssueType.INVALID : IssueType.TRANSIENT);
        issue.getDetails()
                .addCoding()
                .setSystem(CODE_SYSTEM)
                .setCode(problem.code())
                .setDisplay(problem.meaning());
        issue.setDiagnostics(problem.code() + ": " + reason + "; " + problem.remedy());
        return new ProblemException(problem, outcome);
    }

    /** See {@link #problem}. */
    public static final class ProblemException extends BaseServerResponseException {
        private static final long serialVersionUID = 1L;
        private static final String RETRY_SECONDS = "2";

        private ProblemException(RequestProblem problem, OperationOutcome outcome) {
            super(problem.status(), problem.code());
            setOperationOutcome(outcome);
            if (problem.status() == 503) {
                addResponseHeader("Retry-After", RETRY_SECONDS);
            }
        }
    }

    /** One issue with the denial's code; its diagnostics read {@code CODE: reason; remedy}. */
    public static OperationOutcomeIssueComponent issue(Decision.Deny deny) {
        DenialCode code = deny.code();
        OperationOutcomeIssueComponent issue = new OperationOutcomeIssueComponent();
        issue.setSeverity(IssueSeverity.ERROR);
        issue.setCode(type(code));
        issue.getDetails()
                .addCoding()
                .setSystem(CODE_SYSTEM)
                .setCode(code.code())
                .setDisplay(code.meaning());
        issue.setDiagnostics(code.code() + ": " + deny.reason() + "; " + code.remedy());
        return issue;
    }

    private static UnprocessableEntityException unprocessable(OperationOutcome outcome) {
        return new UnprocessableEntityException("refused", outcome);
    }

    private static AuthenticationException unauthenticated(Decision.Deny deny, OperationOutcome outcome) {
        AuthenticationException exception =
                new AuthenticationException(deny.code().code());
        exception.setOperationOutcome(outcome);
        exception.addResponseHeader("WWW-Authenticate", "Bearer");
        return exception;
    }

    private static IssueType type(DenialCode code) {
        return switch (code.status()) {
            case 401 -> IssueType.LOGIN;
            case 404 -> IssueType.NOTSUPPORTED;
            case 422 -> IssueType.BUSINESSRULE;
            default -> IssueType.FORBIDDEN;
        };
    }
}
