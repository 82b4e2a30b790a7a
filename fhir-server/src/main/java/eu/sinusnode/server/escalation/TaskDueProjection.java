package eu.sinusnode.server.escalation;

import eu.sinusnode.server.configuration.QuestionProperties;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Task;

/** Keeps until when each Task waits, until somebody has seen to it. */
public final class TaskDueProjection implements Projection {

    private final TaskDueTable table;
    private final DueTasks dueTasks;

    public TaskDueProjection(RunningTransaction transaction, QuestionProperties questions) {
        this.table = new TaskDueTable(transaction);
        this.dueTasks = new DueTasks(questions);
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        List<UUID> over = new ArrayList<>();
        List<TaskDue> due = new ArrayList<>();
        List<UUID> rewritten = new ArrayList<>();
        List<AnsweredQuestion> answers = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Task task) {
                UUID id = ResourceIds.require("Task", change.id());
                Optional<TaskDue> asked = change.isDeletion() ? Optional.empty() : dueTasks.of(task, id);
                asked.ifPresentOrElse(due::add, () -> over.add(id));
            } else if (change.resource() instanceof Communication message) {
                if (change.kind() != ResourceChange.Kind.CREATED) {
                    ResourceIds.parse(change.id()).ifPresent(rewritten::add);
                }
                if (!change.isDeletion()) {
                    answers.addAll(AnsweredQuestion.of(message));
                }
            }
        }
        table.forget(over);
        table.keep(due);
        table.takeBack(rewritten);
        table.answered(answers);
    }
}
