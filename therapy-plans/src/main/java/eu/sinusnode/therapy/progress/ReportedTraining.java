package eu.sinusnode.therapy.progress;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.progress.Measured.Source;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/**
 * Minutes of training that a patient reports by answering a reminder of it by "done": as many as the order planned when it reminded, by
 * {@code Timing.repeat.duration}. An order that does not say how long tells no minutes.
 */
public final class ReportedTraining {

    /** SNOMED CT: exercise therapy. */
    private static final String EXERCISE_THERAPY = "229065009";

    private static final BigDecimal MINUTES_OF_AN_HOUR = BigDecimal.valueOf(60);

    private ReportedTraining() {}

    public static boolean isTraining(ServiceRequest order) {
        return order.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(
                        coding -> Codes.SNOMED.equals(coding.getSystem()) && EXERCISE_THERAPY.equals(coding.getCode()));
    }

    /** @param versions of the order that reminds, the oldest first */
    public static Optional<Measured> minutes(DoneReminder done, List<ServiceRequest> versions) {
        return versions.stream()
                .filter(version -> !HeldVersions.stored(version).isAfter(done.made()))
                .reduce((older, newer) -> newer)
                .or(() -> versions.stream().findFirst())
                .filter(ReportedTraining::isTraining)
                .flatMap(ReportedTraining::planned)
                .map(minutes -> new Measured(
                        done.planned(), Codes.EXERCISE_DURATION, minutes, "min", Duration.ZERO, Source.REPORTED));
    }

    /** Of a range ({@code durationMax}) the lower end. */
    private static Optional<BigDecimal> planned(ServiceRequest order) {
        if (!(order.getOccurrence() instanceof Timing timing)
                || !timing.getRepeat().hasDuration()) {
            return Optional.empty();
        }
        TimingRepeatComponent repeat = timing.getRepeat();
        if (repeat.getDurationUnit() == UnitsOfTime.MIN) {
            return Optional.of(repeat.getDuration());
        }
        return repeat.getDurationUnit() == UnitsOfTime.H
                ? Optional.of(repeat.getDuration().multiply(MINUTES_OF_AN_HOUR))
                : Optional.empty();
    }
}
