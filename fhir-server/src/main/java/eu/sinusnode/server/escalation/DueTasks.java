package eu.sinusnode.server.escalation;

import eu.sinusnode.server.configuration.QuestionProperties;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/** Which Tasks wait for somebody, and until when. */
final class DueTasks {

    private static final Set<TaskStatus> CLOSED = EnumSet.of(
            TaskStatus.COMPLETED,
            TaskStatus.CANCELLED,
            TaskStatus.REJECTED,
            TaskStatus.FAILED,
            TaskStatus.ENTEREDINERROR);

    /** It has arrived at most; nobody has said to see to it. */
    private static final Set<TaskStatus> NOT_TAKEN_UP =
            EnumSet.of(TaskStatus.DRAFT, TaskStatus.REQUESTED, TaskStatus.RECEIVED, TaskStatus.READY);

    private final QuestionProperties questions;

    DueTasks(QuestionProperties questions) {
        this.questions = questions;
    }

    /** Empty for a Task that nobody waits for, or none of these kinds. */
    Optional<TaskDue> of(Task task, UUID id) {
        return TaskKind.of(task)
                .flatMap(kind -> due(kind, task).flatMap(due -> ResourceIds.referenced(task.getFor(), "Patient")
                        .flatMap(ResourceIds::parse)
                        .map(patient -> new TaskDue(id, patient, kind, due, question(task)))));
    }

    private Optional<Instant> due(TaskKind kind, Task task) {
        return switch (kind) {
            case SIGN_OFF ->
                !CLOSED.contains(task.getStatus())
                                && task.getRestriction().getPeriod().hasEnd()
                        ? Optional.of(task.getRestriction().getPeriod().getEnd().toInstant())
                        : Optional.empty();
            case QUESTION -> untilTakenUp(task);
            // A rule that was met when a programme was applied lies before the clinician who applied it.
            case ALERT ->
                ResourceIds.referenced(task.getFocus(), "QuestionnaireResponse").flatMap(answers -> untilTakenUp(task));
        };
    }

    /** The time is no element of the Task: the patient reads it, and is promised nothing. */
    private Optional<Instant> untilTakenUp(Task task) {
        return NOT_TAKEN_UP.contains(task.getStatus()) && task.hasAuthoredOn()
                ? Optional.of(task.getAuthoredOn()
                        .toInstant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(within(task.getPriority())))
                : Optional.empty();
    }

    private Duration within(@Nullable TaskPriority priority) {
        return switch (priority == null ? TaskPriority.URGENT : priority) {
            case STAT -> questions.statWithin();
            case ASAP -> questions.asapWithin();
            case URGENT, ROUTINE, NULL -> questions.urgentWithin();
        };
    }

    private static @Nullable UUID question(Task task) {
        return ResourceIds.referenced(task.getFocus(), "Communication")
                .flatMap(ResourceIds::parse)
                .orElse(null);
    }
}
