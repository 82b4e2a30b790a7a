package eu.sinusnode.therapy.timing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/** On which days, and how often on each of them. */
sealed interface DayRule {

    /**
     * @param first the day from which is counted
     * @return 0 on a day that is not meant, and before the first
     */
    int timesOn(LocalDate day, LocalDate first);

    /** How many of so many times, spread evenly over a cycle's days from the first on, fall on one of them; the first is day 0. */
    private static int share(long day, int times, long days) {
        return (int) (before(day + 1, times, days) - before(day, times, days));
    }

    private static long before(long day, int times, long days) {
        return (day * times + days - 1) / days;
    }

    /** So many times in each so many days. */
    record EveryDays(int days, int times) implements DayRule {

        @Override
        public int timesOn(LocalDate day, LocalDate first) {
            long since = ChronoUnit.DAYS.between(first, day);
            return since < 0 ? 0 : share(since % days, times, days);
        }
    }

    /** On named days of each so-many-th week; weeks begin on Monday (ISO 8601). */
    record OnWeekDays(Set<DayOfWeek> weekDays, int weeks, int times) implements DayRule {

        public OnWeekDays {
            weekDays = Set.copyOf(weekDays);
        }

        @Override
        public int timesOn(LocalDate day, LocalDate first) {
            if (day.isBefore(first) || !weekDays.contains(day.getDayOfWeek())) {
                return 0;
            }
            return ChronoUnit.WEEKS.between(monday(first), monday(day)) % weeks == 0 ? times : 0;
        }

        private static LocalDate monday(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
    }

    /** A rule, but on named days of the week alone. */
    record Only(Set<DayOfWeek> weekDays, DayRule rule) implements DayRule {

        public Only {
            weekDays = Set.copyOf(weekDays);
        }

        @Override
        public int timesOn(LocalDate day, LocalDate first) {
            return weekDays.contains(day.getDayOfWeek()) ? rule.timesOn(day, first) : 0;
        }
    }

    /**
     * So many times in each so many months, counted from the first day: from the 31st on it is the last day of shorter months, and the
     * 31st again of those that have one.
     */
    record EveryMonths(int months, int times) implements DayRule {

        @Override
        public int timesOn(LocalDate day, LocalDate first) {
            if (day.isBefore(first)) {
                return 0;
            }
            long cycle = ChronoUnit.MONTHS.between(first, day) / months;
            if (!first.plusMonths((cycle + 1) * months).isAfter(day)) {
                cycle++;
            }
            LocalDate begin = first.plusMonths(cycle * months);
            LocalDate end = first.plusMonths((cycle + 1) * months);
            return share(ChronoUnit.DAYS.between(begin, day), times, ChronoUnit.DAYS.between(begin, end));
        }
    }
}
