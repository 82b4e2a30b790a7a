package eu.sinusnode.therapy.reminder;

import eu.sinusnode.therapy.timing.DayRhythm;
import eu.sinusnode.therapy.timing.Occurrence;
import eu.sinusnode.therapy.timing.Recurrence;
import eu.sinusnode.therapy.timing.TimingReader;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** When a patient is reminded of one activity of a plan. */
public final class ReminderSchedule {

    /** Further than quiet hours move anything. */
    private static final Duration MOVED = Duration.ofDays(1);

    private static final Duration LONGEST = Duration.ofDays(1);

    /** What comes more often than each hour is nothing that a person can be reminded of. */
    private static final int MOST_A_DAY = 24;

    private final UUID plan;
    private final Activity activity;
    private final Recurrence recurrence;
    private final ZoneId zone;
    private final QuietHours quiet;

    /**
     * @param begins when the plan begins: what a timing without bounds is counted from
     * @param zone where the patient lives
     * @throws UnreadableTiming when the timing contradicts itself; of such an activity nobody is reminded
     */
    public ReminderSchedule(UUID plan, Activity activity, Instant begins, ZoneId zone, QuietHours quiet)
            throws UnreadableTiming {
        this.plan = plan;
        this.activity = activity;
        this.recurrence = new TimingReader(zone, DayRhythm.USUAL).read(activity.timing(), begins);
        this.zone = zone;
        this.quiet = quiet;
    }

    /**
     * Reminders that are due in a window. Windows that meet give, one after the other, what one over both gives.
     *
     * @param from the first instant
     * @param to the first that is not asked for any more
     * @return none when there would be more than one an hour
     */
    public List<Reminder> due(Instant from, Instant to) {
        Instant begin = from.minus(MOVED);
        Instant end = to.plus(MOVED);
        List<Occurrence> occurrences = recurrence.between(begin, end.plus(LONGEST));
        long days = Duration.between(begin, end.plus(LONGEST)).toDays() + 1;
        if (occurrences.size() > days * MOST_A_DAY) {
            return List.of();
        }
        List<Reminder> reminders = new ArrayList<>();
        for (int i = 0; i < occurrences.size(); i++) {
            Instant planned = occurrences.get(i).at();
            Instant due = quiet.move(planned, zone, activity.isMedication());
            if (!due.isBefore(from) && due.isBefore(to)) {
                Instant next =
                        i + 1 < occurrences.size() ? occurrences.get(i + 1).at() : Instant.MAX;
                reminders.add(new Reminder(
                        Reminder.id(plan, activity, occurrences.get(i).key()),
                        activity,
                        planned,
                        due,
                        until(planned, due, next)));
            }
        }
        return reminders;
    }

    /** One that quiet hours have moved behind the next time of the same still has the rest of the longest time. */
    private static Instant until(Instant planned, Instant due, Instant next) {
        Instant latest = planned.plus(LONGEST);
        Instant over = next.isBefore(latest) ? next : latest;
        return over.isAfter(due) ? over : due.plus(LONGEST);
    }
}
