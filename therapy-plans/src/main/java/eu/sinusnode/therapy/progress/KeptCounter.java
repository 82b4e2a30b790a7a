package eu.sinusnode.therapy.progress;

import eu.sinusnode.therapy.timing.Occurrence;
import eu.sinusnode.therapy.timing.Recurrence;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts what was due against what was done. What is due on one day may be done from that day's beginning until the beginning of the
 * next day on which something is due: the weight of a Monday may be taken on Tuesday, two pressures of a day at any time of it. More than
 * was due counts no more than what was due. A day whose time is not over yet is left out.
 *
 * <p>What is due at a moment says the version that held then. The time for what is due is over at the latest when that version would have
 * asked for it again: so what is planned otherwise afterwards changes nothing of a day whose time is over.
 *
 * <p>Days on which all of it was done, by all days, is the proportion of days covered (PDC) when what is due is medication. PDC is defined
 * over days' supply that was dispensed (PQA; Nau 2012); here it is over intakes that were recorded, since no dispensing is known.
 */
public final class KeptCounter {

    /** Far enough that whatever comes at least once a year comes once more. */
    private static final Duration AHEAD = Duration.ofDays(370);

    private final ZoneId zone;

    /**
     * What was due, and what of it was done, while one version of what is asked for held.
     *
     * @param due as if the version held for ever; a prescription may have several
     * @param done when it was done, at any time and in any order
     */
    public record Stretch(Instant from, Instant to, List<Recurrence> due, List<Instant> done) {
        public Stretch {
            due = List.copyOf(due);
            done = List.copyOf(done);
        }
    }

    /**
     * What is due on one day.
     *
     * @param again when the version that asked for the last of it asks again; the next day when it does not
     * @param since when the version that asks for the first of it began to hold
     */
    private record Day(int times, LocalDate again, Instant since, List<Instant> done) {}

    /** @param zone in which the patient's days begin */
    public KeptCounter(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param stretches of one activity, in order, none of which overlaps another
     * @param from the first day that counts
     * @param now what is due later, or can still be kept, does not count
     */
    public Kept count(List<Stretch> stretches, LocalDate from, Instant now) {
        NavigableMap<LocalDate, Day> days = new TreeMap<>();
        for (Stretch stretch : stretches) {
            add(stretch, from, now, days);
        }
        int planned = 0;
        int kept = 0;
        int closed = 0;
        int covered = 0;
        NavigableMap<LocalDate, Kept.Week> weeks = new TreeMap<>();
        Instant over = Instant.MIN;
        for (Map.Entry<LocalDate, Day> entry : days.entrySet()) {
            Day day = entry.getValue();
            Instant begin = latest(startOf(entry.getKey()), over);
            Instant end = end(day, days.higherEntry(entry.getKey()));
            if (end.isAfter(now)) {
                break;
            }
            over = end;
            int times = day.times();
            int doneOf = (int) Math.min(
                    times,
                    day.done().stream()
                            .filter(at -> !at.isBefore(begin) && at.isBefore(end))
                            .count());
            planned += times;
            kept += doneOf;
            closed++;
            covered += doneOf == times ? 1 : 0;
            LocalDate monday = entry.getKey().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            weeks.merge(
                    monday,
                    new Kept.Week(monday, times, doneOf),
                    (one, other) -> new Kept.Week(monday, one.planned() + other.planned(), one.kept() + other.kept()));
        }
        return new Kept(planned, kept, closed, covered, new ArrayList<>(weeks.values()));
    }

    /** What another version asks for ends the time of what was asked for before when it begins to hold, and not before. */
    private Instant end(Day day, Map.@Nullable Entry<LocalDate, Day> next) {
        Instant again = startOf(day.again());
        if (next == null) {
            return again;
        }
        Instant other = latest(startOf(next.getKey()), next.getValue().since());
        return other.isBefore(again) ? other : again;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private void add(Stretch stretch, LocalDate from, Instant now, NavigableMap<LocalDate, Day> days) {
        Instant first = startOf(from);
        Instant begin = stretch.from().isBefore(first) ? first : stretch.from();
        if (!begin.isBefore(stretch.to())) {
            return;
        }
        NavigableMap<LocalDate, Integer> held = new TreeMap<>();
        NavigableSet<LocalDate> asked = new TreeSet<>();
        for (Recurrence recurrence : stretch.due()) {
            for (Occurrence each : recurrence.between(begin, now.plus(AHEAD))) {
                LocalDate day = each.at().atZone(zone).toLocalDate();
                asked.add(day);
                if (each.at().isBefore(stretch.to())) {
                    held.merge(day, 1, Integer::sum);
                }
            }
        }
        held.forEach((day, times) -> {
            LocalDate again = asked.higher(day);
            Day before = days.get(day);
            days.put(
                    day,
                    new Day(
                            before == null ? times : before.times() + times,
                            again == null ? day.plusDays(1) : again,
                            before == null ? stretch.from() : before.since(),
                            stretch.done()));
        });
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
