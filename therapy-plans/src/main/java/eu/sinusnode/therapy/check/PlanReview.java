package eu.sinusnode.therapy.check;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.apply.TrainingSafety;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Every rule that a plan does not meet. */
public final class PlanReview {

    private final FhirContext context;

    public PlanReview(FhirContext context) {
        this.context = context;
    }

    public List<Finding> findings(PlanUnderReview plan) {
        List<Finding> findings = new ArrayList<>();
        plan.missing()
                .forEach(part -> findings.add(
                        new Finding(PlanRule.PART_MISSING, part, "the plan names it, and it cannot be read")));
        findings.addAll(GoalCheck.check(plan.goals(), plan.goalsBeside()));
        findings.addAll(DoseCheck.check(plan));
        findings.addAll(PrescriptionCheck.check(plan.prescriptions()));
        if (!plan.medicines().isEmpty() && !plan.facts().medicationWasRead()) {
            findings.add(new Finding(
                    PlanRule.OVERLAPS_UNKNOWN,
                    "CarePlan/" + plan.plan().getIdElement().getIdPart(),
                    "not all prescriptions of the patient can be read: what overlaps with the plan's is not known"));
        }
        findings.addAll(ProposalCheck.check(plan.medicines()));
        plan.tasks().stream()
                .filter(PlanReview::isOpen)
                .forEach(task -> findings.add(new Finding(
                        PlanRule.OPEN_QUESTION,
                        path(task),
                        "it is " + task.getStatus().toCode() + ", and the plan waits for its answer")));
        training(plan, findings);
        return findings;
    }

    /** Contraindications, as they are known now; what is open needs a question that a clinician has answered. */
    private void training(PlanUnderReview plan, List<Finding> findings) {
        List<String> trainings = PlannedTraining.of(plan);
        if (trainings.isEmpty()) {
            return;
        }
        TrainingSafety safety = TrainingSafety.judge(context, plan.facts());
        for (String why : safety.against()) {
            trainings.forEach(training -> findings.add(new Finding(PlanRule.UNSAFE_TRAINING, training, why)));
        }
        safety.open().forEach((name, asks) -> {
            if (plan.tasks().stream().noneMatch(task -> isAnswered(task, name))) {
                String words = "training is planned, and it is not known: " + asks
                        + ". Record it, or answer it by a completed Task of the plan with the identifier "
                        + Canonicals.THERAPY_PLAN_IDENTIFIER + "|….question-" + name;
                trainings.forEach(training -> findings.add(new Finding(PlanRule.OPEN_QUESTION, training, words)));
            }
        });
    }

    private static boolean isOpen(Task task) {
        boolean asks = has(task.getCode(), Canonicals.TASK_CODES, Codes.THERAPY_QUESTION)
                || has(task.getCode(), Canonicals.TASK_CODES, Codes.THERAPY_ALERT);
        return asks && task.getStatus() != TaskStatus.COMPLETED;
    }

    private static boolean isAnswered(Task task, String condition) {
        return task.getStatus() == TaskStatus.COMPLETED
                && task.getIdentifier().stream()
                        .anyMatch(each -> Canonicals.THERAPY_PLAN_IDENTIFIER.equals(each.getSystem())
                                && String.valueOf(each.getValue()).endsWith(".question-" + condition));
    }

    private static boolean has(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private static String path(Task task) {
        return "Task/" + task.getIdElement().getIdPart();
    }
}
