package eu.sinusnode.policy.subscription;

import eu.sinusnode.profiles.ImposedProfiles;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * When a change is told. A reminder is there some time before it is due and told when it is; one that ends without the patient is told
 * not at all, so that nobody is flooded with what is over.
 */
public final class ReminderTelling {

    private static final Set<TaskStatus> SILENT = Set.of(TaskStatus.FAILED, TaskStatus.CANCELLED);

    private ReminderTelling() {}

    /** @return the earliest instant, long ago for nearly all; empty when it is not told */
    public static Optional<Instant> notBefore(Resource resource) {
        if (!(resource instanceof Task task) || !ImposedProfiles.isReminder(task)) {
            return Optional.of(Instant.EPOCH);
        }
        if (task.getStatus() != null && SILENT.contains(task.getStatus())) {
            return Optional.empty();
        }
        boolean waits = task.getStatus() == TaskStatus.REQUESTED
                && task.getRestriction().getPeriod().hasStart();
        return Optional.of(waits ? task.getRestriction().getPeriod().getStart().toInstant() : Instant.EPOCH);
    }
}
