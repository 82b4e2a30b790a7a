package eu.sinusnode.analysis.flag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a patient's flags in a stretch of time.
 *
 * @param written labels of the models of the flags that were raised or changed
 * @param due sign-offs whose time was over in it
 */
public record FlagEvents(List<String> written, List<Decided> decided, List<Due> due) {

    /** Name of the figure in which a flag of a trained model tells its probability. */
    private static final String PROBABILITY = "Probability";

    /**
     * A clinician's decision.
     *
     * @param model label
     * @param predicted the probability that the flag told, if it told one
     */
    public record Decided(String model, boolean accepted, OptionalDouble predicted) {}

    /**
     * A sign-off that somebody should have decided on.
     *
     * @param model label
     * @param overdue nobody had, when its time was over
     */
    public record Due(String model, boolean overdue) {}

    /**
     * @param flags of one patient
     * @param tasks the sign-offs of the same
     * @param from not included
     */
    public static FlagEvents of(List<Observation> flags, List<Task> tasks, Instant from, Instant to) {
        List<String> written = new ArrayList<>();
        List<Decided> decided = new ArrayList<>();
        for (Observation flag : flags) {
            if (FlagContent.isSummary(flag)) {
                continue;
            }
            String model = String.valueOf(flag.getMethod().getText());
            boolean raised = flag.getStatus() != ObservationStatus.CANCELLED;
            if (raised && isIn(flag.getIssued(), from, to)) {
                written.add(model);
            }
            ObservationStatus status = flag.getStatus();
            boolean accepted = status == ObservationStatus.FINAL
                    || status == ObservationStatus.AMENDED
                    || status == ObservationStatus.CORRECTED;
            if ((accepted || status == ObservationStatus.ENTEREDINERROR) && isIn(lastWord(flag), from, to)) {
                decided.add(new Decided(model, accepted, probability(flag)));
            }
        }
        return new FlagEvents(List.copyOf(written), List.copyOf(decided), due(flags, tasks, from, to));
    }

    /** Nearly everybody has a summary, and of that nobody is asked to decide. */
    public static boolean mayBeSignedOff(List<Observation> flags) {
        return flags.stream().anyMatch(flag -> !FlagContent.isSummary(flag));
    }

    /** What was taken back in time nobody had to decide on. */
    private static List<Due> due(List<Observation> flags, List<Task> tasks, Instant from, Instant to) {
        Map<String, String> models = new HashMap<>();
        flags.forEach(flag -> models.put(
                flag.getIdElement().getIdPart(), String.valueOf(flag.getMethod().getText())));
        List<Due> due = new ArrayList<>();
        for (Task task : tasks) {
            String model = models.get(task.getFocus().getReferenceElement().getIdPart());
            Date end = task.getRestriction().getPeriod().getEnd();
            if (model != null && isIn(end, from, to)) {
                boolean overdue = !isClosed(task) || lastWord(task).isAfter(end.toInstant());
                if (overdue || task.getStatus() != TaskStatus.CANCELLED) {
                    due.add(new Due(model, overdue));
                }
            }
        }
        return List.copyOf(due);
    }

    private static boolean isClosed(Task task) {
        return switch (task.getStatus()) {
            case COMPLETED, CANCELLED, REJECTED, FAILED, ENTEREDINERROR -> true;
            default -> false;
        };
    }

    /** A decision tells its time; of what the analysis takes back, the storage does. */
    private static Instant lastWord(Task closed) {
        Date told = closed.hasLastModified()
                ? closed.getLastModified()
                : closed.getMeta().getLastUpdated();
        return told == null ? Instant.MAX : told.toInstant();
    }

    private static boolean isIn(@Nullable Date at, Instant from, Instant to) {
        return at != null && at.toInstant().isAfter(from) && !at.toInstant().isAfter(to);
    }

    /** A decision comes with a note that has its time. */
    private static @Nullable Date lastWord(Observation flag) {
        return flag.getNote().stream()
                .map(Annotation::getTime)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static OptionalDouble probability(Observation flag) {
        return flag.getComponent().stream()
                .filter(one -> one.getCode().hasText()
                        && one.getCode().getText().startsWith(PROBABILITY)
                        && one.hasValueQuantity())
                .mapToDouble(one -> one.getValueQuantity().getValue().doubleValue())
                .findFirst();
    }
}
