package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.policy.validation.WriteIssue;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.jspecify.annotations.Nullable;

/**
 * Why a line is not stored: codes, elements, what to do. The validator's own words are not among it, since they quote what
 * was sent and this is kept; {@code $validate} tells them.
 *
 * @param line its number, from 1
 * @param denials what the audit has to know beside: by patient id, why that patient's record may not be written
 */
record Refusal(long line, List<Issue> issues, Map<String, Decision.Deny> denials) {

    private static final int MOST = 20;
    private static final int LONGEST_PATH = 200;

    /**
     * One reason.
     *
     * @param what one sentence with a full stop
     * @param path the element; null when it is the line as a whole
     */
    record Issue(
            String code,
            String meaning,
            String what,
            String remedy,
            @Nullable String path) {}

    Refusal {
        issues = List.copyOf(issues);
        denials = Map.copyOf(denials);
    }

    static Refusal of(long line, BulkWrites.Verdict verdict) {
        return new Refusal(
                line, verdict.issues().stream().map(Refusal::issue).distinct().toList(), verdict.denials());
    }

    static Refusal of(long line, List<RequestFault> faults) {
        return new Refusal(
                line,
                faults.stream()
                        .map(fault -> issue(fault.problem(), fault.problem().meaning(), fault.path()))
                        .toList(),
                Map.of());
    }

    /** @param what is wrong, as a sentence without content */
    static Refusal of(long line, RequestProblem problem, String what) {
        return new Refusal(line, List.of(issue(problem, what, null)), Map.of());
    }

    static Refusal of(long line, Decision.Deny deny) {
        DenialCode code = deny.code();
        return new Refusal(
                line, List.of(new Issue(code.code(), code.meaning(), code.meaning(), code.remedy(), null)), Map.of());
    }

    private static Issue issue(WriteIssue issue) {
        DenialCode code = issue.code();
        return new Issue(code.code(), code.meaning(), code.meaning(), code.remedy(), issue.path());
    }

    private static Issue issue(RequestProblem problem, String what, @Nullable String path) {
        return new Issue(problem.code(), problem.meaning(), what, problem.remedy(), path);
    }

    OperationOutcome outcome() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.setId("line-" + line);
        issues.stream().limit(MOST).forEach(issue -> add(outcome, issue));
        return outcome;
    }

    private void add(OperationOutcome outcome, Issue issue) {
        OperationOutcomeIssueComponent told =
                outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(IssueType.PROCESSING);
        told.getDetails()
                .addCoding()
                .setSystem(Denials.CODE_SYSTEM)
                .setCode(issue.code())
                .setDisplay(issue.meaning());
        told.setDiagnostics("Line " + line + ": " + issue.what() + " " + issue.remedy());
        if (issue.path() != null) {
            String path = issue.path();
            told.addExpression(path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path);
        }
    }
}
