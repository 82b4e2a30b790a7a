package eu.sinusnode.server.escalation;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A sign-off that nobody has decided on.
 *
 * @param due exclusive
 */
record SignOffDue(UUID task, UUID patient, Instant due) {

    private static final Set<TaskStatus> CLOSED = EnumSet.of(
            TaskStatus.COMPLETED,
            TaskStatus.CANCELLED,
            TaskStatus.REJECTED,
            TaskStatus.FAILED,
            TaskStatus.ENTEREDINERROR);

    /** Empty for a Task of another code, and for one that is closed. */
    static Optional<SignOffDue> of(Task task, UUID id) {
        if (!isSignOff(task)
                || CLOSED.contains(task.getStatus())
                || !task.getRestriction().getPeriod().hasEnd()) {
            return Optional.empty();
        }
        return ResourceIds.referenced(task.getFor(), "Patient")
                .flatMap(ResourceIds::parse)
                .map(patient -> new SignOffDue(
                        id, patient, task.getRestriction().getPeriod().getEnd().toInstant()));
    }

    private static boolean isSignOff(Task task) {
        return task.getCode().getCoding().stream()
                .anyMatch(coding ->
                        Canonicals.TASK_CODES.equals(coding.getSystem()) && Codes.SIGN_OFF.equals(coding.getCode()));
    }
}
