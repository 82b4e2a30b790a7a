package eu.sinusnode.therapy.timing;

import eu.sinusnode.therapy.timing.Recurrence.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.jspecify.annotations.Nullable;

/**
 * Reads a FHIR R4 Timing (datatypes.html#Timing) for one patient. Where the type leaves a choice:
 *
 * <ul>
 *   <li>Days, weeks, months and years follow the calendar and the wall clock of the patient's zone; hours, minutes and seconds pass.
 *   <li>Something is counted from the start of the bounds, else from when the plan begins.
 *   <li>Of a range (frequencyMax, periodMax, countMax) the lower end is due; what lies above is allowed and not asked for. Bounds that
 *       are a range go on to the upper end.
 *   <li>"Three times a day" without times of day is spread over the patient's day; several times in a longer period are spread over its
 *       days.
 *   <li>A code is understood by the structured data beside it, and by itself when there is none but bounds.
 * </ul>
 *
 * What contradicts itself is refused, with the element and a sentence; nothing is guessed.
 */
public final class TimingReader {

    private final ZoneId zone;
    private final DayRhythm rhythm;

    /** @param zone where the patient lives */
    public TimingReader(ZoneId zone, DayRhythm rhythm) {
        this.zone = zone;
        this.rhythm = rhythm;
    }

    /**
     * @param planned when the plan, or the order, begins
     * @throws UnreadableTiming when it contradicts itself, or does not say when
     */
    public Recurrence read(Timing timing, Instant planned) throws UnreadableTiming {
        TimingRepeatComponent repeat = timing.getRepeat();
        RepeatRules.check(repeat);
        Span span = new BoundsReader(zone).read(repeat, planned.truncatedTo(ChronoUnit.SECONDS));
        @Nullable Integer count = repeat.hasCount() ? Integer.valueOf(repeat.getCount()) : null;
        return new Recurrence(pattern(timing), zone, rhythm, span, count, lasts(repeat));
    }

    private Pattern pattern(Timing timing) throws UnreadableTiming {
        TimingRepeatComponent repeat = timing.getRepeat();
        if (timing.hasEvent()) {
            if (PatternReader.says(repeat)) {
                throw new UnreadableTiming("event", "A timing has events or repeats, not both.");
            }
            return new EventReader(zone).read(timing.getEvent());
        }
        if (PatternReader.says(repeat)) {
            return PatternReader.read(repeat);
        }
        if (timing.hasCode()) {
            return TimingCode.of(timing.getCode());
        }
        throw new UnreadableTiming(
                "repeat",
                "The timing does not say how often: it needs a frequency and period, times, events or a code.");
    }

    private static Duration lasts(TimingRepeatComponent repeat) throws UnreadableTiming {
        return repeat.hasDuration()
                ? Duration.ofSeconds(Units.seconds("repeat.duration", repeat.getDuration(), repeat.getDurationUnit()))
                : Duration.ZERO;
    }
}
