package eu.sinusnode.therapy.timing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How what is due comes again, without its bounds, count and length. */
sealed interface Pattern {

    /** A time that is due, with the key that {@link Occurrence} has. */
    record Due(String key, Instant at) {}

    /**
     * What is due, in any order.
     *
     * @param start from when is counted; nothing is due before
     * @param from the first instant that is asked for, not before the start
     * @param to the first that is not asked for any more
     */
    Stream<Due> between(Instant start, Instant from, Instant to, ZoneId zone, DayRhythm rhythm);

    /** By the days of the calendar and the clock on the wall. */
    record OnDays(DayRule days, TimesOfDay times) implements Pattern {

        @Override
        public Stream<Due> between(Instant start, Instant from, Instant to, ZoneId zone, DayRhythm rhythm) {
            LocalDate first = start.atZone(zone).toLocalDate();
            LocalDate begin = from.atZone(zone).toLocalDate().minusDays(TimesOfDay.SPILL);
            LocalDate end = to.atZone(zone).toLocalDate().plusDays(TimesOfDay.SPILL + 1L);
            return begin.datesUntil(end)
                    .flatMap(day -> on(day, days.timesOn(day, first), rhythm))
                    // Two moments of a day may be one time: going to bed and "at night".
                    .distinct()
                    .map(local -> new Due(local.toString(), local.atZone(zone).toInstant()))
                    .filter(due -> !due.at().isBefore(from) && due.at().isBefore(to));
        }

        private Stream<LocalDateTime> on(LocalDate day, int times, DayRhythm rhythm) {
            return times == 0 ? Stream.of() : this.times.on(day, times, rhythm).stream();
        }
    }

    /**
     * So many times in each so many seconds that pass, whatever the clocks do.
     *
     * @param weekDays on which local days alone; all of them when none is named
     */
    record EveryInterval(long seconds, int times, Set<DayOfWeek> weekDays) implements Pattern {

        public EveryInterval {
            weekDays = Set.copyOf(weekDays);
        }

        @Override
        public Stream<Due> between(Instant start, Instant from, Instant to, ZoneId zone, DayRhythm rhythm) {
            long elapsed = from.getEpochSecond() - start.getEpochSecond();
            long first = Math.floorDiv(Math.multiplyExact(elapsed, (long) times), seconds);
            return LongStream.iterate(first, i -> i + 1)
                    .mapToObj(i -> start.plusSeconds(Math.multiplyExact(i, seconds) / times))
                    .takeWhile(at -> at.isBefore(to))
                    .filter(at -> !at.isBefore(from))
                    .filter(at -> weekDays.isEmpty()
                            || weekDays.contains(at.atZone(zone).getDayOfWeek()))
                    .map(at -> new Due(at.toString(), at));
        }
    }

    /** At named times alone. */
    record Events(List<Event> events) implements Pattern {

        /** @param at an instant; a day, when none, is meant at the time of what comes once a day */
        record Event(LocalDate day, @Nullable Instant at) {

            Due due(ZoneId zone, DayRhythm rhythm) {
                if (at != null) {
                    return new Due(at.toString(), at);
                }
                LocalTime once = rhythm.spread(1).get(0);
                LocalDateTime local = day.atTime(once);
                return new Due(local.toString(), local.atZone(zone).toInstant());
            }
        }

        public Events {
            events = List.copyOf(events);
        }

        @Override
        public Stream<Due> between(Instant start, Instant from, Instant to, ZoneId zone, DayRhythm rhythm) {
            return events.stream()
                    .map(event -> event.due(zone, rhythm))
                    .distinct()
                    .filter(due -> !due.at().isBefore(from) && due.at().isBefore(to));
        }
    }
}
