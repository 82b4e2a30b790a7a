package eu.sinusnode.therapy.timing;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;

/** The invariants tim-1 to tim-10 of FHIR R4, and that ranges are ranges; a timing is read also where no validator stood before it. */
final class RepeatRules {

    private RepeatRules() {}

    static void check(TimingRepeatComponent repeat) throws UnreadableTiming {
        must(!repeat.hasDuration() || repeat.hasDurationUnit(), "durationUnit", "A duration needs its unit.");
        must(!repeat.hasPeriod() || repeat.hasPeriodUnit(), "periodUnit", "A period needs its unit.");
        must(!repeat.hasDuration() || repeat.getDuration().signum() >= 0, "duration", "A duration is not negative.");
        must(!repeat.hasPeriod() || repeat.getPeriod().signum() > 0, "period", "A period is more than nothing.");
        must(!repeat.hasPeriodMax() || repeat.hasPeriod(), "periodMax", "A longest period needs a period.");
        must(!repeat.hasDurationMax() || repeat.hasDuration(), "durationMax", "A longest duration needs a duration.");
        must(!repeat.hasCountMax() || repeat.hasCount(), "countMax", "A highest count needs a count.");
        must(!repeat.hasCount() || repeat.getCount() > 0, "count", "A count is at least 1.");
        must(!repeat.hasFrequency() || repeat.getFrequency() > 0, "frequency", "A frequency is at least 1.");
        must(!repeat.hasOffset() || repeat.hasWhen(), "offset", "An offset needs a moment of the day to count from.");
        must(!repeat.hasOffset() || repeat.getOffset() >= 0, "offset", "An offset is not negative.");
        must(!repeat.hasOffset() || repeat.getOffset() < 24 * 60, "offset", "An offset is less than a day.");
        must(
                !repeat.hasTimeOfDay() || !repeat.hasWhen(),
                "when",
                "A timing names times of day or moments of the day, not both.");
        ordered(repeat.getPeriod(), repeat.getPeriodMax(), "periodMax");
        ordered(repeat.getDuration(), repeat.getDurationMax(), "durationMax");
        must(
                !repeat.hasCountMax() || repeat.getCountMax() >= repeat.getCount(),
                "countMax",
                "A range does not run backwards.");
        must(
                !repeat.hasFrequencyMax() || repeat.getFrequencyMax() >= Math.max(1, repeat.getFrequency()),
                "frequencyMax",
                "A range does not run backwards.");
    }

    private static void ordered(BigDecimal low, BigDecimal high, String element) throws UnreadableTiming {
        must(low == null || high == null || low.compareTo(high) <= 0, element, "A range does not run backwards.");
    }

    private static void must(boolean holds, String element, String sentence) throws UnreadableTiming {
        if (!holds) {
            throw new UnreadableTiming("repeat." + element, sentence);
        }
    }
}
