package eu.sinusnode.analysis.flag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a patient's flags in a stretch of time.
 *
 * @param written labels of the models of the flags that were raised or changed
 */
public record FlagEvents(List<String> written, List<Decided> decided) {

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
     * @param flags of one patient
     * @param from not included
     */
    public static FlagEvents of(List<Observation> flags, Instant from, Instant to) {
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
        return new FlagEvents(List.copyOf(written), List.copyOf(decided));
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
