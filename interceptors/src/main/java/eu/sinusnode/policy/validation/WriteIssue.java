package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * One reason why a write is refused with 422.
 *
 * @param path from the resource's type on, e.g. {@code Observation.value}
 * @param message one plain sentence without a full stop; for the sender, it may quote what was sent
 */
public record WriteIssue(DenialCode code, String path, String message) {

    /** @param at where the resource stands in the request: its type, or {@code Bundle.entry[3].resource} */
    public OperationOutcomeIssueComponent toIssue(String at) {
        OperationOutcomeIssueComponent issue = Denials.issue(new Decision.Deny(code, message));
        issue.setCode(code == DenialCode.PROFILE ? IssueType.INVALID : IssueType.BUSINESSRULE);
        issue.addExpression(expression(at));
        return issue;
    }

    private String expression(String at) {
        int dot = path.indexOf('.');
        return dot < 0 ? at : at + path.substring(dot);
    }
}
