package eu.sinusnode.policy.validation;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ImposedProfiles;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskOutputComponent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a patient makes of a reminder that is open: {@code completed} when it was done, {@code rejected} when it was skipped, and still
 * {@code requested} with a later beginning of its period, within its end, to be reminded again then. An intake of medication is
 * answered with the MedicationAdministration as an output, completed or not-done. The rest of the Task stays as it is.
 */
final class ReminderAnswer {

    private static final Set<TaskStatus> ANSWERS = Set.of(TaskStatus.COMPLETED, TaskStatus.REJECTED);

    private ReminderAnswer() {}

    /** @return why it is none; empty for an answer */
    static Optional<String> fault(Resource resource, Optional<Resource> stored) {
        if (!(resource instanceof Task task)
                || !(stored.orElse(null) instanceof Task was)
                || !ImposedProfiles.isReminder(was)) {
            return Optional.of("a patient answers reminders of a therapy plan, and makes no other Task");
        }
        if (was.getStatus() != TaskStatus.REQUESTED) {
            return Optional.of("the reminder is " + status(was) + ": only one that is requested is answered");
        }
        if (!sameBeside(task, was)) {
            return Optional.of("an answer to a reminder changes status, output, note, and to be reminded later"
                    + " restriction.period.start; the rest stays as it was read");
        }
        if (task.getStatus() == TaskStatus.REQUESTED) {
            return snoozed(task, was)
                    ? Optional.empty()
                    : Optional.of("who wants to be reminded later names a restriction.period.start after the one that"
                            + " is there and before its end");
        }
        if (task.getStatus() == null || !ANSWERS.contains(task.getStatus())) {
            return Optional.of(
                    "a reminder is answered with completed or rejected, or with a later" + " restriction.period.start");
        }
        if (!samePeriod(task, was)) {
            return Optional.of("an answer leaves restriction.period as it is");
        }
        return isMedication(was) && administrations(task) != 1
                ? Optional.of("an intake is answered with its MedicationAdministration as the one output of type "
                        + Codes.WHAT_WAS_DONE)
                : Optional.empty();
    }

    private static String status(Task task) {
        return task.getStatus() == null ? "without a status" : task.getStatus().toCode();
    }

    private static boolean isMedication(Task task) {
        return "MedicationRequest".equals(task.getFocus().getReferenceElement().getResourceType());
    }

    private static long administrations(Task task) {
        List<TaskOutputComponent> outputs = task.getOutput();
        return outputs.size() == 1
                ? outputs.stream()
                        .filter(output -> output.getType().getCoding().stream()
                                .anyMatch(coding -> Canonicals.REMINDER_DETAILS.equals(coding.getSystem())
                                        && Codes.WHAT_WAS_DONE.equals(coding.getCode())))
                        .filter(output -> output.getValue() instanceof Reference done && mayBeIntake(done))
                        .count()
                : 0;
    }

    /** What the same transaction creates has no type yet; what it was is seen when it is stored. */
    private static boolean mayBeIntake(Reference done) {
        return "MedicationAdministration".equals(done.getReferenceElement().getResourceType())
                || String.valueOf(done.getReference()).startsWith("urn:uuid:");
    }

    private static boolean snoozed(Task task, Task was) {
        @Nullable Date start = period(task).getStart();
        @Nullable Date before = period(was).getStart();
        @Nullable Date end = period(was).getEnd();
        return start != null
                && before != null
                && end != null
                && start.after(before)
                && start.before(end)
                && end.equals(period(task).getEnd())
                && !task.hasOutput();
    }

    private static boolean samePeriod(Task task, Task was) {
        return period(task).equalsDeep(period(was));
    }

    private static Period period(Task task) {
        return task.getRestriction().getPeriod();
    }

    private static boolean sameBeside(Task task, Task was) {
        return bare(task).equalsDeep(bare(was));
    }

    /** Without what an answer may change, and what the server keeps. */
    private static Task bare(Task task) {
        Task bare = task.copy();
        bare.setId((String) null);
        bare.setMeta(null);
        bare.setText(null);
        bare.setStatus(null);
        bare.setLastModifiedElement(null);
        bare.setOutput(null);
        bare.setNote(null);
        bare.getRestriction().setPeriod(null);
        return bare;
    }
}
