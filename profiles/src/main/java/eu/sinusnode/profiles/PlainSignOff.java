package eu.sinusnode.profiles;

import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskRestrictionComponent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Recognises the Task that asks for a flag to be signed, as the analysis writes it. As with {@link PlainVital}, a yes has
 * to be right, and the validator is its oracle in the tests.
 */
final class PlainSignOff {

    private static final Set<String> PARTS = Set.of(
            "id", "status", "intent", "priority", "code", "focus", "for", "authoredOn", "requester", "restriction");

    private static final Set<TaskPriority> PRIORITIES =
            EnumSet.of(TaskPriority.ROUTINE, TaskPriority.URGENT, TaskPriority.STAT);

    private PlainSignOff() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    static boolean isPlain(Task task) {
        return task.getClass() == Task.class
                && PlainElements.hasOnly(task, PARTS)
                && PlainElements.isIdOrAbsent(task.getIdElement())
                && task.getStatus() == TaskStatus.REQUESTED
                && PlainElements.isBare(task.getStatusElement())
                && task.getIntent() == TaskIntent.ORDER
                && PlainElements.isBare(task.getIntentElement())
                && PRIORITIES.contains(task.getPriority())
                && PlainElements.isBare(task.getPriorityElement())
                && PlainElements.isCode(task.getCode(), Canonicals.TASK_CODES, Codes.SIGN_OFF)
                && isFlag(task.getFocus())
                && PlainElements.isReference(task.getFor(), "Patient")
                && task.hasAuthoredOn()
                && PlainElements.isExactTime(task.getAuthoredOnElement())
                && PlainElements.isReference(task.getRequester(), "Device")
                && isRestrictionPlain(task.getRestriction());
    }

    private static boolean isFlag(Reference focus) {
        return PlainElements.isReference(focus, "Observation") || PlainElements.isEntry(focus, Observation.class);
    }

    private static boolean isRestrictionPlain(TaskRestrictionComponent restriction) {
        Period period = restriction.getPeriod();
        return PlainElements.isBare(restriction)
                && PlainElements.hasOnly(restriction, Set.of("period"))
                && PlainFlagFrame.isPeriodPlain(period);
    }
}
