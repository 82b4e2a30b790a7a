package eu.sinusnode.server.reminders;

import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.therapy.reminder.Reminder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** {@code sinusnode.reminder}, on the running transaction. */
final class ReminderTable {

    // A reminder that is there already, perhaps as a Task, stays as it is.
    private static final String ADD = """
            INSERT INTO sinusnode.reminder (reminder, plan, record, part, planned, due, until)
            SELECT r.reminder, r.plan, r.record, r.part, r.planned::timestamptz, r.due::timestamptz, r.until::timestamptz
            FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::smallint[], ?::text[], ?::text[], ?::text[])
                AS r (reminder, plan, record, part, planned, due, until)
            ON CONFLICT DO NOTHING
            """;

    /** A permit of the clinic whose plan it is, and no denial of the whole record. Restricted patients are in no such row. */
    private static final String PERMITTED = """
            EXISTS (SELECT FROM sinusnode.directive_in_force d WHERE d.patient = p.patient AND d.effect = 'p'
                    AND d.purpose = 'TREAT' AND (p.organization IS NULL OR d.organization = p.organization)
                    AND d.valid_from <= ? AND ? < d.valid_to)
                AND NOT EXISTS (SELECT FROM sinusnode.directive_in_force d WHERE d.patient = p.patient AND d.effect = 'd'
                    AND (d.purpose = 'TREAT' OR d.purpose IS NULL)
                    AND (d.organization = p.organization OR d.organization IS NULL AND d.practitioner IS NULL)
                    AND d.resource_type IS NULL AND d.code IS NULL AND d.instance IS NULL AND d.bond_to IS NULL
                    AND d.data_from IS NULL AND cardinality(d.labels) = 0 AND d.valid_from <= ? AND ? < d.valid_to)
            """;

    private static final String TAKE_DUE = """
            SELECT r.reminder, r.plan, p.patient, r.record, a.name, r.planned, r.due, r.until,
                EXISTS (SELECT FROM public.hfj_resource t WHERE t.res_type = 'Task' AND t.fhir_id = r.reminder::text), %s
            FROM sinusnode.reminder r JOIN sinusnode.reminder_plan p ON p.plan = r.plan
            JOIN sinusnode.reminder_activity a ON a.plan = r.plan AND a.record = r.record AND a.part = r.part
            WHERE NOT r.made AND r.late = ? AND r.due <= ? AND NOT p.stale AND r.again <= ?
            ORDER BY r.due LIMIT ? FOR UPDATE OF r SKIP LOCKED
            """.formatted(PERMITTED);

    private static final String IS_PERMITTED =
            "SELECT " + PERMITTED + " FROM sinusnode.reminder_plan p WHERE p.plan = ?";

    /** Nothing is closed to the clinic but by labels, which go over to what is computed. */
    private static final String IS_OPEN = """
            SELECT EXISTS (SELECT FROM sinusnode.directive_in_force d WHERE d.patient = p.patient AND d.effect = 'p'
                    AND d.purpose = 'TREAT' AND (p.organization IS NULL OR d.organization = p.organization)
                    AND d.resource_type IS NULL AND d.code IS NULL AND d.instance IS NULL AND d.bond_to IS NULL
                    AND d.data_from IS NULL AND cardinality(d.labels) = 0 AND d.valid_from <= ? AND ? < d.valid_to)
                AND NOT EXISTS (SELECT FROM sinusnode.directive_in_force d WHERE d.patient = p.patient AND d.effect = 'd'
                    AND (d.resource_type IS NOT NULL OR d.code IS NOT NULL OR d.instance IS NOT NULL
                        OR d.bond_to IS NOT NULL OR d.data_from IS NOT NULL)
                    AND d.valid_from <= ? AND ? < d.valid_to)
            FROM sinusnode.reminder_plan p WHERE p.plan = ?
            """;

    private static final String TAKE_OVER = """
            SELECT r.reminder FROM sinusnode.reminder r WHERE r.made AND r.until <= ? AND r.again <= ?
            ORDER BY r.until LIMIT ? FOR UPDATE OF r SKIP LOCKED
            """;

    private static final String MADE_AHEAD =
            "SELECT reminder, due FROM sinusnode.reminder WHERE plan = ? AND made AND due > ? ORDER BY reminder";

    private static final String TRIES = "SELECT max(tries) FROM sinusnode.reminder WHERE reminder = ?";

    private static final String ASIDE = "UPDATE sinusnode.reminder SET tries = ?, again = ? WHERE reminder = ?";

    private static final String GIVE_UP =
            "DELETE FROM sinusnode.reminder WHERE reminder = ? AND tries >= ? AND until <= ?";

    private final RunningTransaction transaction;

    ReminderTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** One round trip. */
    void add(List<Planned> reminders) {
        if (reminders.isEmpty()) {
            return;
        }
        transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                set(connection, statement, 1, "uuid", reminders, each -> each.reminder()
                        .id());
                set(connection, statement, 2, "uuid", reminders, Planned::plan);
                set(connection, statement, 3, "text", reminders, each -> each.reminder()
                        .activity()
                        .record());
                set(connection, statement, 4, "smallint", reminders, each -> each.reminder()
                        .activity()
                        .part());
                set(connection, statement, 5, "text", reminders, each -> each.reminder()
                        .planned()
                        .toString());
                set(connection, statement, 6, "text", reminders, each -> each.reminder()
                        .due()
                        .toString());
                set(connection, statement, 7, "text", reminders, each -> each.reminder()
                        .until()
                        .toString());
                return statement.executeUpdate();
            }
        });
    }

    /** A reminder with its plan. */
    record Planned(UUID plan, Reminder reminder) {}

    private static void set(
            Connection connection,
            PreparedStatement statement,
            int column,
            String type,
            List<Planned> reminders,
            Function<Planned, Object> value)
            throws SQLException {
        statement.setArray(
                column,
                connection.createArrayOf(type, reminders.stream().map(value).toArray()));
    }

    /** So that after a pause what can still be told does not wait for what cannot. */
    void setLateAside(Instant now) {
        transaction.update(
                "UPDATE sinusnode.reminder SET late = true WHERE NOT made AND NOT late AND due <= ? AND until <= ?",
                ReminderPlans.at(now),
                ReminderPlans.at(now));
    }

    /**
     * @param late whether those are taken that were set aside
     * @param until reminders that are due by then are taken
     */
    List<PlannedReminder> takeDue(Instant now, boolean late, Instant until, int most) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE_DUE)) {
                for (int i = 1; i <= 4; i++) {
                    statement.setObject(i, ReminderPlans.at(now));
                }
                statement.setBoolean(5, late);
                statement.setObject(6, ReminderPlans.at(until));
                statement.setObject(7, ReminderPlans.at(now));
                statement.setInt(8, most);
                List<PlannedReminder> due = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        due.add(new PlannedReminder(
                                ReminderPlans.id(row, 1),
                                ReminderPlans.id(row, 2),
                                ReminderPlans.id(row, 3),
                                Objects.requireNonNull(row.getString(4)),
                                Objects.requireNonNull(row.getString(5)),
                                ReminderPlans.instant(row, 6),
                                ReminderPlans.instant(row, 7),
                                ReminderPlans.instant(row, 8),
                                row.getBoolean(9),
                                row.getBoolean(10)));
                    }
                }
                return due;
            }
        });
    }

    /** Whether the patient permits what the plan's clinic does. */
    boolean isPermitted(UUID plan, Instant now) {
        Object at = ReminderPlans.at(now);
        return Boolean.TRUE.equals(transaction.queryForObject(IS_PERMITTED, Boolean.class, at, at, at, at, plan));
    }

    /** Whether the patient permits the clinic all that a figure could be made of, whatever its labels. */
    boolean isOpen(UUID plan, Instant now) {
        Object at = ReminderPlans.at(now);
        return Boolean.TRUE.equals(transaction.queryForObject(IS_OPEN, Boolean.class, at, at, at, at, plan));
    }

    /** Tasks whose time is over, locked. */
    List<UUID> takeOver(Instant now, int most) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE_OVER)) {
                statement.setObject(1, ReminderPlans.at(now));
                statement.setObject(2, ReminderPlans.at(now));
                statement.setInt(3, most);
                List<UUID> over = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        over.add(ReminderPlans.id(row, 1));
                    }
                }
                return over;
            }
        });
    }

    /**
     * It could not be done: it is tried again in some minutes, later each time, and given up when its time is over and it was tried often.
     *
     * @return how often it was tried
     */
    int setAside(UUID reminder, Instant now) {
        Integer before = transaction.queryForObject(TRIES, Integer.class, reminder);
        int tries = (before == null ? 0 : before) + 1;
        transaction.update(ASIDE, tries, ReminderPlans.at(now.plus(Aside.pause(tries))), reminder);
        transaction.update(GIVE_UP, reminder, Aside.MOST_TRIES, ReminderPlans.at(now));
        return tries;
    }

    void made(Collection<UUID> reminders) {
        transaction.update(
                "UPDATE sinusnode.reminder SET made = true, tries = 0, again = '-infinity' WHERE reminder = ANY (?)",
                (Object) reminders.toArray(UUID[]::new));
    }

    void forget(Collection<UUID> reminders) {
        if (!reminders.isEmpty()) {
            transaction.update(
                    "DELETE FROM sinusnode.reminder WHERE reminder = ANY (?)", (Object) reminders.toArray(UUID[]::new));
        }
    }

    /**
     * What is no Task yet is computed anew.
     *
     * @return ids of what waited
     */
    Set<UUID> forgetPlanned(UUID plan) {
        return Set.copyOf(transaction.queryForList(
                "DELETE FROM sinusnode.reminder WHERE plan = ? AND NOT made RETURNING reminder", UUID.class, plan));
    }

    /** Tasks of the plan that are not due yet, and when they are. */
    Map<UUID, Instant> madeAhead(UUID plan, Instant now) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(MADE_AHEAD)) {
                statement.setObject(1, plan);
                statement.setObject(2, ReminderPlans.at(now));
                Map<UUID, Instant> ahead = new LinkedHashMap<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        ahead.put(ReminderPlans.id(row, 1), ReminderPlans.instant(row, 2));
                    }
                }
                return ahead;
            }
        });
    }
}
