package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import eu.sinusnode.server.reminders.Batches.Step;
import eu.sinusnode.server.reminders.ReminderPlans.Next;
import eu.sinusnode.server.reminders.ReminderPlans.PlanContent;
import eu.sinusnode.server.reminders.ReminderTable.Planned;
import eu.sinusnode.therapy.reminder.Activity;
import eu.sinusnode.therapy.reminder.Reminder;
import eu.sinusnode.therapy.reminder.ReminderSchedule;
import eu.sinusnode.therapy.reminder.ReminderSettings;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

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

    /** Farther than another clock and other quiet hours together move anything. */
    static final Duration FARTHEST = Duration.ofDays(2);

    private final IHapiTransactionService transactions;
    private final Batches batches;
    private final ReminderPlans plans;
    private final ReminderTable table;
    private final PlanReader reader;
    private final ReminderTasks tasks;

    Reminders(
            IHapiTransactionService transactions,
            Batches batches,
            ReminderPlans plans,
            ReminderTable table,
            PlanReader reader,
            ReminderTasks tasks) {
        this.transactions = transactions;
        this.batches = batches;
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
        return batches.work(
                new Step<>(
                        "read",
                        some -> plans.takeStale(now, some),
                        StalePlan::plan,
                        stale -> read(stale, now),
                        plan -> plans.setAside(plan, now)),
                most);
    }

    private void read(List<StalePlan> stale, Instant now) {
        Map<UUID, PlanContent> contents = reader.read(stale);
        for (StalePlan each : stale) {
            // First waits for whoever makes Tasks of them at this moment, whose Tasks are then seen.
            Set<UUID> waiting = new HashSet<>(table.forgetPlanned(each.plan()));
            Map<UUID, Instant> ahead = table.madeAhead(each.plan(), now);
            waiting.addAll(ahead.keySet());
            PlanContent content = contents.get(each.plan());
            if (content == null) {
                cancel(ahead.keySet(), now);
                plans.forget(each.plan());
            } else {
                plans.read(each.plan(), content, later(each.from(), content.begins()));
                cancelGone(each, content, ahead, now);
                table.add(overdue(each, content, waiting, now));
            }
        }
    }

    /**
     * What waited, and by the patient's new clock or quiet hours should have come already: it must not be left out. What did not wait
     * has been told, or was never asked for.
     */
    private static List<Planned> overdue(StalePlan stale, PlanContent content, Set<UUID> waiting, Instant now) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        return reminders(
                        stale.plan(),
                        content.activities(),
                        content.begins(),
                        now.minus(FARTHEST),
                        earlier(content.ends(), now),
                        stale.settings())
                .stream()
                .filter(reminder -> waiting.contains(reminder.id()))
                .map(reminder -> new Planned(stale.plan(), reminder))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private void cancelGone(StalePlan stale, PlanContent content, Map<UUID, Instant> ahead, Instant now) {
        UUID plan = stale.plan();
        if (ahead.isEmpty()) {
            return;
        }
        Map<UUID, Instant> kept = new HashMap<>();
        if (table.isPermitted(plan, now)) {
            reminders(
                            plan,
                            content.activities(),
                            content.begins(),
                            now,
                            earlier(content.ends(), now.plus(LEAST)),
                            stale.settings())
                    .forEach(reminder -> kept.put(reminder.id(), reminder.due()));
        }
        cancel(
                ahead.keySet().stream()
                        .filter(id -> !Objects.equals(ahead.get(id), kept.get(id)))
                        .toList(),
                now);
    }

    private void cancel(Collection<UUID> gone, Instant now) {
        gone.forEach(id -> tasks.cancel(id, now));
        table.forget(gone);
    }

    /**
     * Computes the next reminders of plans that have too few.
     *
     * @return how many plans there were
     */
    public int plan(Instant now, int most) {
        return batches.work(
                new Step<>(
                        "plan",
                        some -> plans.takeNext(now, now.plus(LEAST), some),
                        Next::plan,
                        next -> plan(next, now),
                        plan -> plans.setAside(plan, now)),
                most);
    }

    private void plan(List<Next> next, Instant now) {
        if (next.isEmpty()) {
            return;
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
                            earlier(plan.ends(), until),
                            plan.settings())
                    .forEach(reminder -> planned.add(new Planned(plan.plan(), reminder)));
        }
        table.add(planned);
        plans.plannedUntil(ids, until);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static List<Reminder> reminders(
            UUID plan, List<Activity> activities, Instant begins, Instant from, Instant to, ReminderSettings settings) {
        List<Reminder> reminders = new ArrayList<>();
        if (!from.isBefore(to)) {
            return reminders;
        }
        for (Activity activity : activities) {
            try {
                reminders.addAll(
                        new ReminderSchedule(plan, activity, begins, settings.zone(), settings.quiet()).due(from, to));
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
        return batches.work(
                new Step<>(
                        "tell",
                        some -> table.takeDue(now, late, now.plus(AHEAD), some),
                        PlannedReminder::id,
                        due -> tell(due, now),
                        reminder -> table.setAside(reminder, now)),
                most);
    }

    private void tell(List<PlannedReminder> due, Instant now) {
        List<PlannedReminder> toMake = new ArrayList<>();
        List<UUID> made = new ArrayList<>();
        List<UUID> nothingLeft = new ArrayList<>();
        for (PlannedReminder reminder : due) {
            boolean makes = reminder.permitted() && (!reminder.known() || tasks.isTakenBack(reminder.id()));
            if (makes) {
                toMake.add(reminder);
            }
            boolean waits = makes && reminder.until().isAfter(now);
            (waits ? made : nothingLeft).add(reminder.id());
        }
        tasks.make(toMake, now);
        table.made(made);
        table.forget(nothingLeft);
    }

    /** What was not told while it could be goes behind what still can. */
    public void setLateAside(Instant now) {
        transactions.withSystemRequest().execute(() -> table.setLateAside(now));
    }

    /**
     * Ends Tasks that nobody has answered in their time.
     *
     * @return how many were over
     */
    public int expire(Instant now, int most) {
        return batches.work(
                new Step<>(
                        "expire",
                        some -> table.takeOver(now, some),
                        id -> id,
                        over -> {
                            over.forEach(id -> tasks.expire(id, now));
                            table.forget(over);
                        },
                        reminder -> table.setAside(reminder, now)),
                most);
    }
}
