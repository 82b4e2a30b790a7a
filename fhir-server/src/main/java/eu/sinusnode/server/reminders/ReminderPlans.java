package eu.sinusnode.server.reminders;

import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.therapy.reminder.Activity;
import eu.sinusnode.therapy.reminder.ReminderSettings;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/** {@code sinusnode.reminder_plan} and {@code sinusnode.reminder_activity}, on the running transaction. */
final class ReminderPlans {

    private static final String TAKE_STALE = """
            SELECT p.plan, p.patient, least(?, p.planned_until, (SELECT min(r.due) FROM sinusnode.reminder r
                WHERE r.plan = p.plan AND NOT r.made)), %s
            FROM sinusnode.reminder_plan p LEFT JOIN sinusnode.reminder_settings s ON s.patient = p.patient
            WHERE p.stale AND p.again <= ? ORDER BY p.plan LIMIT ? FOR UPDATE OF p SKIP LOCKED
            """.formatted(ReminderSettingsTable.COLUMNS);

    private static final String TAKE_NEXT = """
            SELECT p.plan, p.begins, p.ends, p.planned_until, %s FROM sinusnode.reminder_plan p
            LEFT JOIN sinusnode.reminder_settings s ON s.patient = p.patient
            WHERE NOT p.stale AND p.planned_until < ? AND p.planned_until < p.ends AND p.again <= ?
            ORDER BY p.planned_until LIMIT ? FOR UPDATE OF p SKIP LOCKED
            """.formatted(ReminderSettingsTable.COLUMNS);

    private static final String READ = """
            UPDATE sinusnode.reminder_plan SET organization = ?, begins = ?, ends = ?, planned_until = ?, stale = false,
                tries = 0, again = '-infinity'
            WHERE plan = ?
            """;

    private static final String ADD =
            "INSERT INTO sinusnode.reminder_activity (plan, record, part, name, timing) VALUES (?, ?, ?, ?, ?)";

    private static final String ACTIVITIES = """
            SELECT a.plan, a.record, a.part, a.name, a.timing FROM sinusnode.reminder_activity a
            WHERE a.plan = ANY (?) ORDER BY a.plan, a.record, a.part
            """;

    private static final String TRIES = "SELECT max(tries) FROM sinusnode.reminder_plan WHERE plan = ?";

    private static final String ASIDE = "UPDATE sinusnode.reminder_plan SET tries = ?, again = ? WHERE plan = ?";

    private final RunningTransaction transaction;
    private final TimingText timings;

    ReminderPlans(RunningTransaction transaction, TimingText timings) {
        this.transaction = transaction;
        this.timings = timings;
    }

    /** Plans that have changed, locked; those that another node reads are passed over. */
    List<StalePlan> takeStale(Instant now, int most) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE_STALE)) {
                statement.setObject(1, at(now));
                statement.setObject(2, at(now));
                statement.setInt(3, most);
                List<StalePlan> plans = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        plans.add(new StalePlan(
                                id(row, 1), id(row, 2), instant(row, 3), ReminderSettingsTable.read(row, 4)));
                    }
                }
                return plans;
            }
        });
    }

    /**
     * A plan of which the next reminders are to be computed.
     *
     * @param plannedUntil until when they are there
     * @param settings the patient's
     */
    record Next(UUID plan, Instant begins, Instant ends, Instant plannedUntil, ReminderSettings settings) {}

    /** Plans of which less is there than is wanted, locked. */
    List<Next> takeNext(Instant now, Instant wantedUntil, int most) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE_NEXT)) {
                statement.setObject(1, at(wantedUntil));
                statement.setObject(2, at(now));
                statement.setInt(3, most);
                List<Next> plans = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        plans.add(new Next(
                                id(row, 1),
                                instant(row, 2),
                                instant(row, 3),
                                instant(row, 4),
                                ReminderSettingsTable.read(row, 5)));
                    }
                }
                return plans;
            }
        });
    }

    void plannedUntil(List<UUID> plans, Instant until) {
        transaction.update(
                "UPDATE sinusnode.reminder_plan SET planned_until = ?, tries = 0, again = '-infinity' WHERE plan = ANY (?)",
                at(until),
                plans.toArray(UUID[]::new));
    }

    /** The plan as it is now; its reminders are computed from that instant on. */
    void read(UUID plan, PlanContent content, Instant plannedUntil) {
        transaction.update("DELETE FROM sinusnode.reminder_activity WHERE plan = ?", plan);
        transaction.update(
                READ, content.organization(), at(content.begins()), at(content.ends()), at(plannedUntil), plan);
        transaction.batch(ADD, content.activities(), activity -> new Object[] {
            plan, activity.record(), activity.part(), activity.name(), timings.write(activity.timing())
        });
    }

    /**
     * It could not be read or computed: it is tried again in some minutes, later each time. Until then nothing of it that is not there yet
     * is made.
     *
     * @return how often it was tried
     */
    int setAside(UUID plan, Instant now) {
        Integer before = transaction.queryForObject(TRIES, Integer.class, plan);
        int tries = (before == null ? 0 : before) + 1;
        transaction.update(ASIDE, tries, at(now.plus(Aside.pause(tries))), plan);
        return tries;
    }

    void forget(UUID plan) {
        transaction.update("DELETE FROM sinusnode.reminder_plan WHERE plan = ?", plan);
    }

    Map<UUID, List<Activity>> activities(List<UUID> plans) {
        return transaction.execute(connection -> {
            Array ids = connection.createArrayOf("uuid", plans.toArray());
            try (PreparedStatement statement = connection.prepareStatement(ACTIVITIES)) {
                statement.setArray(1, ids);
                Map<UUID, List<Activity>> found = new LinkedHashMap<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        Timing timing = timings.read(Objects.requireNonNull(row.getString(5)));
                        found.computeIfAbsent(id(row, 1), plan -> new ArrayList<>())
                                .add(new Activity(
                                        Objects.requireNonNull(row.getString(2)),
                                        row.getInt(3),
                                        Objects.requireNonNull(row.getString(4)),
                                        timing));
                    }
                }
                return found;
            }
        });
    }

    /** Ends that are open are PostgreSQL's infinity. */
    static OffsetDateTime at(Instant instant) {
        if (instant.equals(Instant.MAX)) {
            return OffsetDateTime.MAX;
        }
        return instant.equals(Instant.MIN) ? OffsetDateTime.MIN : instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = Objects.requireNonNull(row.getObject(column, OffsetDateTime.class));
        if (at.equals(OffsetDateTime.MAX)) {
            return Instant.MAX;
        }
        return at.equals(OffsetDateTime.MIN) ? Instant.MIN : at.toInstant();
    }

    static UUID id(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    /**
     * What of a plan is kept.
     *
     * @param organization the clinic whose plan it is
     * @param ends the first instant that does not belong to it
     */
    record PlanContent(@Nullable UUID organization, Instant begins, Instant ends, List<Activity> activities) {

        PlanContent {
            activities = List.copyOf(activities);
        }
    }
}
