package eu.sinusnode.server.therapy;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.therapy.check.Finding;
import eu.sinusnode.therapy.check.PlanRule;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/** What a plan does not meet, as issues with code, element and remedy. */
final class PlanIssues {

    private PlanIssues() {}

    static OperationOutcomeIssueComponent of(Finding finding) {
        RequestProblem problem = problem(finding.rule());
        OperationOutcomeIssueComponent issue = new OperationOutcomeIssueComponent();
        issue.setSeverity(finding.rule().refuses() ? IssueSeverity.ERROR : IssueSeverity.WARNING);
        issue.setCode(IssueType.BUSINESSRULE);
        issue.getDetails()
                .addCoding()
                .setSystem(Denials.CODE_SYSTEM)
                .setCode(problem.code())
                .setDisplay(problem.meaning());
        issue.setDiagnostics(
                problem.code() + ": " + finding.element() + ": " + finding.words() + "; " + problem.remedy());
        issue.addExpression(finding.element().replaceFirst("/[^.]+", ""));
        return issue;
    }

    /** The rule alone, for who may read a record and not what it does not go with. */
    static String rule(Finding finding) {
        RequestProblem problem = problem(finding.rule());
        return problem.code() + ": " + problem.meaning();
    }

    private static RequestProblem problem(PlanRule rule) {
        return switch (rule) {
            case GOALS_CONTRADICT -> RequestProblem.PLAN_GOALS;
            case INCOMPLETE_DOSE -> RequestProblem.PLAN_DOSE;
            case SAME_PACKAGE_TWICE, SAME_SUBSTANCE_TWICE, CLASSES_EXCLUDE_EACH_OTHER, CLASSES_OVERLAP ->
                RequestProblem.PLAN_OVERLAP;
            case UNSAFE_TRAINING -> RequestProblem.PLAN_TRAINING;
            case OPEN_QUESTION -> RequestProblem.PLAN_QUESTION;
            case UNDECIDED_PROPOSAL -> RequestProblem.PLAN_PROPOSAL;
            case PART_MISSING, OVERLAPS_UNKNOWN -> RequestProblem.PLAN_PART;
        };
    }
}
