package eu.sinusnode.therapy.alert;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A plan that may ask a patient questionnaires.
 *
 * @param tasks those that the plan names
 */
public record AskingPlan(CarePlan plan, List<Task> tasks) {

    private static final Set<TaskStatus> TAKEN_OUT =
            EnumSet.of(TaskStatus.CANCELLED, TaskStatus.REJECTED, TaskStatus.ENTEREDINERROR);

    public AskingPlan {
        tasks = List.copyOf(tasks);
    }

    /** @param questionnaire as answers name it */
    public boolean asks(String questionnaire) {
        String url = questionnaire.split("\\|", 2)[0];
        return tasks.stream()
                .filter(task -> task.getStatus() == null || !TAKEN_OUT.contains(task.getStatus()))
                .flatMap(task -> task.getInput().stream())
                .anyMatch(input ->
                        input.getValue() instanceof CanonicalType asked && Versioned.isOf(asked.getValue(), url));
    }

    /** The programmes that it was made of, in their versions. */
    public List<String> programmes() {
        return plan.getInstantiatesCanonical().stream()
                .map(PrimitiveType::getValue)
                .toList();
    }

    /** The definition by which it says this rule, in its version; empty for a plan that has it from elsewhere. */
    public Optional<String> definition(AlertRule rule) {
        Stream<String> described = plan.getActivity().stream()
                .flatMap(activity -> activity.getDetail().getInstantiatesCanonical().stream())
                .map(PrimitiveType::getValue);
        return Stream.concat(described, tasks.stream().map(Task::getInstantiatesCanonical))
                .filter(canonical -> Versioned.isOf(canonical, rule.definition()))
                .findFirst();
    }
}
