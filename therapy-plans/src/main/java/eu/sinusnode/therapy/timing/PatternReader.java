package eu.sinusnode.therapy.timing;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.EventTiming;
import org.hl7.fhir.r4.model.Timing.TimingRepeatComponent;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/** Reads how often, on which days and at which times something repeats. */
final class PatternReader {

    private static final int HOURS_OF_DAY = 24;
    private static final int DAYS_OF_WEEK = 7;
    private static final int MONTHS_OF_YEAR = 12;

    private final TimingRepeatComponent repeat;
    private final int frequency;
    private final Set<DayOfWeek> weekDays;

    private PatternReader(TimingRepeatComponent repeat) {
        this.repeat = repeat;
        this.frequency = Math.max(1, repeat.getFrequency());
        this.weekDays = weekDays(repeat);
    }

    /** @return whether it says anything of that; bounds, count and duration do not */
    static boolean says(TimingRepeatComponent repeat) {
        return repeat.hasFrequency()
                || repeat.hasPeriod()
                || repeat.hasDayOfWeek()
                || repeat.hasTimeOfDay()
                || repeat.hasWhen();
    }

    static Pattern read(TimingRepeatComponent repeat) throws UnreadableTiming {
        return new PatternReader(repeat).pattern();
    }

    private Pattern pattern() throws UnreadableTiming {
        boolean clock = repeat.hasTimeOfDay() || repeat.hasWhen();
        if (!clock && isElapsed()) {
            long seconds = Units.seconds("repeat.period", repeat.getPeriod(), repeat.getPeriodUnit());
            return new Pattern.EveryInterval(seconds, frequency, weekDays);
        }
        TimesOfDay times = timesOfDay();
        return new Pattern.OnDays(days(clock), times);
    }

    /** Hours and less, and parts of days: half a day is twelve hours. */
    private boolean isElapsed() {
        if (!repeat.hasPeriod()) {
            return false;
        }
        return switch (repeat.getPeriodUnit()) {
            case S, MIN, H -> true;
            case D -> !Units.isWhole(repeat.getPeriod());
            case WK ->
                weekDays.isEmpty() && !Units.isWhole(repeat.getPeriod().multiply(BigDecimal.valueOf(DAYS_OF_WEEK)));
            default -> false;
        };
    }

    private TimesOfDay timesOfDay() throws UnreadableTiming {
        if (repeat.hasTimeOfDay()) {
            List<LocalTime> times = new ArrayList<>();
            for (TimeType time : repeat.getTimeOfDay()) {
                times.add(time(time.getValue()));
            }
            agrees(times.size(), times.size());
            return new TimesOfDay.AtTimes(times.stream().distinct().toList());
        }
        if (repeat.hasWhen()) {
            List<MomentOfDay> moments = moments();
            agrees(moments.size(), moments.stream().mapToInt(MomentOfDay::times).sum());
            return new TimesOfDay.AtMoments(moments, repeat.getOffset());
        }
        return new TimesOfDay.Spread();
    }

    private static LocalTime time(String text) throws UnreadableTiming {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new UnreadableTiming("repeat.timeOfDay", "A time of day is written as 08:00:00.");
        }
    }

    private List<MomentOfDay> moments() throws UnreadableTiming {
        List<MomentOfDay> moments = new ArrayList<>();
        for (Enumeration<EventTiming> code : repeat.getWhen()) {
            MomentOfDay moment = MomentOfDay.of(code.getValue().toCode())
                    .orElseThrow(() -> new UnreadableTiming("repeat.when", "The moment of the day is not known."));
            if (repeat.getOffset() > 0 && !moment.takesOffset()) {
                throw new UnreadableTiming(
                        "repeat.offset",
                        "An offset counts from before or after a meal, not from the meal itself (tim-9).");
            }
            moments.add(moment);
        }
        return moments.stream().distinct().toList();
    }

    /** A frequency of 1 is also what is meant when nothing is said, so it contradicts nothing. */
    private void agrees(int named, int onEachDay) throws UnreadableTiming {
        int inPeriod = weekDays.isEmpty() ? onEachDay : onEachDay * weekDays.size();
        if (frequency != 1 && frequency != named && frequency != onEachDay && frequency != inPeriod) {
            throw new UnreadableTiming(
                    "repeat.frequency", "The frequency is %d, but %d times are named.".formatted(frequency, onEachDay));
        }
    }

    private DayRule days(boolean clock) throws UnreadableTiming {
        int times = clock ? 1 : frequency;
        if (!repeat.hasPeriod()) {
            return weekDays.isEmpty() ? new DayRule.EveryDays(1, times) : new DayRule.OnWeekDays(weekDays, 1, times);
        }
        BigDecimal period = repeat.getPeriod();
        return switch (repeat.getPeriodUnit()) {
            case H -> only(new DayRule.EveryDays(daysOfHours(period), times));
            case D -> only(new DayRule.EveryDays(days(period), times));
            case WK -> weeks(period, times, clock);
            case MO -> months(Units.whole("repeat.period", period, UnitsOfTime.MO), times);
            case A ->
                months(Math.multiplyExact(Units.whole("repeat.period", period, UnitsOfTime.A), MONTHS_OF_YEAR), times);
            default ->
                throw new UnreadableTiming(
                        "repeat.period", "What comes every few minutes has no times of day; leave out one of them.");
        };
    }

    private DayRule only(DayRule rule) {
        return weekDays.isEmpty() ? rule : new DayRule.Only(weekDays, rule);
    }

    private DayRule months(int months, int times) throws UnreadableTiming {
        if (!weekDays.isEmpty()) {
            throw new UnreadableTiming(
                    "repeat.dayOfWeek",
                    "Which of a month's days of that name is meant cannot be said; use weeks, or events.");
        }
        return new DayRule.EveryMonths(months, times);
    }

    private DayRule weeks(BigDecimal period, int times, boolean clock) throws UnreadableTiming {
        if (weekDays.isEmpty()) {
            return new DayRule.EveryDays(days(period.multiply(BigDecimal.valueOf(DAYS_OF_WEEK))), times);
        }
        if (!Units.isWhole(period)) {
            throw new UnreadableTiming("repeat.period", "Days of the week need whole weeks.");
        }
        if (!clock && times > 1 && times % weekDays.size() != 0) {
            throw new UnreadableTiming(
                    "repeat.frequency",
                    "%d times a week cannot be shared evenly by the %d days that are named."
                            .formatted(times, weekDays.size()));
        }
        int weeks = days(period);
        return new DayRule.OnWeekDays(weekDays, weeks, times == 1 ? 1 : times / weekDays.size());
    }

    private static int daysOfHours(BigDecimal hours) throws UnreadableTiming {
        if (hours.remainder(BigDecimal.valueOf(HOURS_OF_DAY)).signum() != 0) {
            throw new UnreadableTiming(
                    "repeat.period", "What comes every few hours has no times of day; leave out one of them.");
        }
        return days(hours.divide(BigDecimal.valueOf(HOURS_OF_DAY)));
    }

    private static int days(BigDecimal period) throws UnreadableTiming {
        if (!Units.isWhole(period)) {
            throw new UnreadableTiming("repeat.period", "Times of day need whole days.");
        }
        return Units.whole("repeat.period", period, UnitsOfTime.D);
    }

    private static Set<DayOfWeek> weekDays(TimingRepeatComponent repeat) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Enumeration<Timing.DayOfWeek> day : repeat.getDayOfWeek()) {
            days.add(DayOfWeek.of(day.getValue().ordinal() + 1));
        }
        return days;
    }
}
