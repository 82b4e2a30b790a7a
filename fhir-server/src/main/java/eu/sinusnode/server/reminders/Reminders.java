package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import eu.sinusnode.server.reminders.ReminderPlans.Next;
import eu.sinusnode.server.reminders.ReminderPlans.PlanContent;
import eu.sinusnode.server.reminders.ReminderTable.Planned;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.therapy.reminder.Activity;
import eu.sinusnode.therapy.reminder.QuietHours;
import eu.sinusnode.therapy.reminder.Reminder;
import eu.sinusnode.therapy.reminder.ReminderSchedule;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * The steps by which plans become reminders, each a transaction of its own that leaves nothing half done: a process that dies between any
 * two of them, or within one, doubles nothing and loses nothing. Nodes share the work row by row.
 */
public final class Reminders {

    /** Until when reminders are computed. */
    static final Duration HORIZON = Duration.ofHours(26);

    /** A plan has its turn again when less than this is left. */
    static final Duration LEAST = Duration.ofHours(24);

    /** Before it is due a reminder becomes a Task, so that at the time itself only the news of it has to leave. */
    static final Duration AHEAD = Duration.ofMinutes(15);

    /** After a pause, what was due longer ago leaves no trace. */
    static final Duration LOOK_BACK = Duration.ofDays(7);

    private final IHapiTransactionService transactions;
    private final ReminderPlans plans;
    private final ReminderTable table;
    private final PlanReader reader;
    private final ReminderTasks tasks;

    Reminders(
            IHapiTransactionService transactions,
            ReminderPlans plans,
            ReminderTable table,
            PlanReader reader,
            ReminderTasks tasks) {
        this.transactions = transactions;
        this.plans = plans;
        this.table = table;
        this.reader = reader;
        this.tasks = tasks;
    }

    /**
     * Reads plans that have changed. What of them is not due yet is taken back, and computed again by {@link #plan}.
     *
     * @return how many there were
     */
    public int read(Instant now, int most) {
        return inTransaction(() -> {
            List<StalePlan> stale = plans.takeStale(now, most);
            Map<UUID, PlanContent> contents = reader.read(stale);
            for (StalePlan each : stale) {
                table.forgetPlanned(each.plan());
                PlanContent content = contents.get(each.plan());
                if (content == null) {
                    cancel(table.madeAhead(each.plan(), now), now);
                    plans.forget(each.plan());
                } else {
                    plans.read(each.plan(), content, later(each.from(), content.begins()));
                    cancelGone(each.plan(), content, now);
                }
            }
            return stale.size();
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private void cancelGone(UUID plan, PlanContent content, Instant now) {
        List<UUID> ahead = table.madeAhead(plan, now);
        if (ahead.isEmpty()) {
            return;
        }
        Set<UUID> kept = new HashSet<>();
        if (table.isPermitted(plan, now)) {
            for (Reminder reminder : reminders(
                    plan, content.activities(), content.begins(), now, earlier(content.ends(), now.plus(LEAST)))) {
                kept.add(reminder.id());
            }
        }
        cancel(ahead.stream().filter(id -> !kept.contains(id)).toList(), now);
    }

    private void cancel(List<UUID> gone, Instant now) {
        gone.forEach(id -> tasks.cancel(id, now));
        table.forget(gone);
    }

    /**
     * Computes the next reminders of plans that have too few.
     *
     * @return how many plans there were
     */
    public int plan(Instant now, int most) {
        return inTransaction(() -> {
            List<Next> next = plans.takeNext(now.plus(LEAST), most);
            if (next.isEmpty()) {
                return 0;
            }
            Instant until = now.plus(HORIZON);
            List<UUID> ids = next.stream().map(Next::plan).toList();
            Map<UUID, List<Activity>> activities = plans.activities(ids);
            List<Planned> planned = new ArrayList<>();
            for (Next plan : next) {
                Instant from = later(plan.plannedUntil(), now.minus(LOOK_BACK));
                reminders(
                                plan.plan(),
                                activities.getOrDefault(plan.plan(), List.of()),
                                plan.begins(),
                                from,
                                earlier(plan.ends(), until))
                        .forEach(reminder -> planned.add(new Planned(plan.plan(), reminder)));
            }
            table.add(planned);
            plans.plannedUntil(ids, until);
            return next.size();
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static List<Reminder> reminders(
            UUID plan, List<Activity> activities, Instant begins, Instant from, Instant to) {
        List<Reminder> reminders = new ArrayList<>();
        if (!from.isBefore(to)) {
            return reminders;
        }
        for (Activity activity : activities) {
            try {
                reminders.addAll(
                        new ReminderSchedule(plan, activity, begins, Zone.OF_DATES, QuietHours.USUAL).due(from, to));
            } catch (UnreadableTiming unreadable) {
                // It cannot be told when it is due; $progress says so of the activity.
                continue;
            }
        }
        return reminders;
    }

    /**
     * Makes Tasks of what is due soon, those that can still be told first.
     *
     * @return how many reminders there were
     */
    public int tell(Instant now, int most) {
        int told = tell(now, false, most);
        return told > 0 ? told : tell(now, true, most);
    }

    private int tell(Instant now, boolean late, int most) {
        return inTransaction(() -> {
            List<PlannedReminder> due = table.takeDue(now, late, now.plus(AHEAD), most);
            List<UUID> made = new ArrayList<>();
            List<UUID> nothingLeft = new ArrayList<>();
            for (PlannedReminder reminder : due) {
                if (reminder.permitted()) {
                    tasks.make(reminder, now);
                }
                boolean waits = reminder.permitted() && reminder.until().isAfter(now);
                (waits ? made : nothingLeft).add(reminder.id());
            }
            table.made(made);
            table.forget(nothingLeft);
            return due.size();
        });
    }

    /** Sets aside what was not told while it could be. */
    public void setLateAside(Instant now) {
        inTransaction(() -> {
            table.setLateAside(now);
            return 0;
        });
    }

    /**
     * Ends Tasks that nobody has answered in their time.
     *
     * @return how many were over
     */
    public int expire(Instant now, int most) {
        return inTransaction(() -> {
            List<UUID> over = table.takeOver(now, most);
            over.forEach(id -> tasks.expire(id, now));
            table.forget(over);
            return over.size();
        });
    }

    private int inTransaction(IntSupplier step) {
        Integer done = transactions.withSystemRequest().execute(step::getAsInt);
        return done == null ? 0 : done;
    }
}
