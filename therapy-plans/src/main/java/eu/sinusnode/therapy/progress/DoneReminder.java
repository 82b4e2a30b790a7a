package eu.sinusnode.therapy.progress;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A reminder that the patient has answered by "done": something was done, as the patient says, and nothing was measured.
 *
 * @param record what reminds, such as {@code ServiceRequest/[id]}
 * @param planned when it was to be done; when it was done is not said, and it is taken for that day's
 * @param made when the reminder was made
 */
public record DoneReminder(String record, Instant planned, Instant made) {

    /**
     * @param plan id of the plan that reminds
     * @return empty of another Task
     */
    public static Optional<DoneReminder> of(Task task, String plan) {
        boolean isDone = task.getStatus() == TaskStatus.COMPLETED
                && isOf(task.getCode(), Canonicals.TASK_CODES, Codes.THERAPY_REMINDER)
                && task.hasAuthoredOn()
                && task.getBasedOn().stream()
                        .map(based -> based.getReferenceElement())
                        .anyMatch(
                                based -> "CarePlan".equals(based.getResourceType()) && plan.equals(based.getIdPart()));
        if (!isDone) {
            return Optional.empty();
        }
        String record =
                task.getFocus().getReferenceElement().toUnqualifiedVersionless().getValue();
        return task.getInput().stream()
                .filter(input -> isOf(input.getType(), Canonicals.REMINDER_DETAILS, Codes.PLANNED_TIME))
                .filter(input -> input.getValue() instanceof DateTimeType at && at.hasValue())
                .findFirst()
                .map(input -> new DoneReminder(
                        String.valueOf(record),
                        ((DateTimeType) input.getValue()).getValue().toInstant(),
                        task.getAuthoredOn().toInstant()));
    }

    private static boolean isOf(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    /**
     * What is only reported of a day of which there is a record is the same, told twice: it does not count beside it.
     *
     * @param at when a report says that it was done
     * @param recorded when it was done by what was recorded
     * @param zone in which the patient's days begin
     */
    public static <T> List<T> onOtherDays(
            List<T> reports, Function<T, Instant> at, List<Instant> recorded, ZoneId zone) {
        Set<LocalDate> days = recorded.stream().map(each -> day(each, zone)).collect(Collectors.toSet());
        return reports.stream()
                .filter(report -> !days.contains(day(at.apply(report), zone)))
                .toList();
    }

    private static LocalDate day(Instant at, ZoneId zone) {
        return at.atZone(zone).toLocalDate();
    }
}
