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
import java.util.TreeMap;

/**
 * Counts what was due against what was done. What is due on one day may be done from that day's beginning until the beginning of the
 * next day on which something is due: the weight of a Monday may be taken on Tuesday, two pressures of a day at any time of it. More than
 * was due counts no more than what was due. A day whose time is not over yet is left out.
 *
 * <p>Days on which all of it was done, by all days, is the proportion of days covered (PDC) when what is due is medication. PDC is defined
 * over days' supply that was dispensed (PQA; Nau 2012); here it is over intakes that were recorded, since no dispensing is known.
 */
public final class KeptCounter {

    /** Far enough that whatever comes at least once a year comes once more. */
    private static final Duration AHEAD = Duration.ofDays(370);

    private final ZoneId zone;

    /** @param zone in which the patient's days begin */
    public KeptCounter(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param due of one activity; a prescription may have several
     * @param from the first day that counts
     * @param now what is due later, or can still be kept, does not count
     * @param done when it was done, in any order
     */
    public Kept count(List<Recurrence> due, LocalDate from, Instant now, List<Instant> done) {
        NavigableMap<LocalDate, Integer> days = new TreeMap<>();
        for (Recurrence recurrence : due) {
            for (Occurrence each : recurrence.between(startOf(from), now.plus(AHEAD))) {
                days.merge(each.at().atZone(zone).toLocalDate(), 1, Integer::sum);
            }
        }
        int planned = 0;
        int kept = 0;
        int closed = 0;
        int covered = 0;
        NavigableMap<LocalDate, Kept.Week> weeks = new TreeMap<>();
        for (Map.Entry<LocalDate, Integer> day : days.entrySet()) {
            LocalDate next = days.higherKey(day.getKey());
            Instant begin = startOf(day.getKey());
            Instant end = startOf(next == null ? day.getKey().plusDays(1) : next);
            if (end.isAfter(now)) {
                break;
            }
            int times = day.getValue();
            int doneOf = (int) Math.min(
                    times,
                    done.stream()
                            .filter(at -> !at.isBefore(begin) && at.isBefore(end))
                            .count());
            planned += times;
            kept += doneOf;
            closed++;
            covered += doneOf == times ? 1 : 0;
            LocalDate monday = day.getKey().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            weeks.merge(
                    monday,
                    new Kept.Week(monday, times, doneOf),
                    (one, other) -> new Kept.Week(monday, one.planned() + other.planned(), one.kept() + other.kept()));
        }
        return new Kept(planned, kept, closed, covered, new ArrayList<>(weeks.values()));
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
