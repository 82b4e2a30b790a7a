package eu.sinusnode.server.escalation;

import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** {@code sinusnode.sign_off_due}, in the transaction that is running. */
final class SignOffDueTable {

    private static final String FORGET = "DELETE FROM sinusnode.sign_off_due WHERE task = ANY (?)";
    // Another deadline is looked at anew; what has been escalated stays so. In the order of the key, so that two
    // writers
    // never wait for each other crosswise.
    private static final String KEEP = """
            INSERT INTO sinusnode.sign_off_due AS s (task, patient, due, look_at)
            SELECT d.task, d.patient, d.due, d.due FROM unnest(?::uuid[], ?::uuid[], ?::timestamptz[])
                AS d (task, patient, due) ORDER BY d.task
            ON CONFLICT (task) DO UPDATE SET patient = EXCLUDED.patient, due = EXCLUDED.due,
                look_at = CASE WHEN s.due = EXCLUDED.due THEN s.look_at ELSE EXCLUDED.due END
            """;
    // What another server is at is not waited for.
    private static final String CLAIM = """
            SELECT s.task, s.patient, s.due FROM sinusnode.sign_off_due s
            WHERE s.escalated IS NULL AND s.look_at <= ? ORDER BY s.look_at, s.task LIMIT 1 FOR UPDATE SKIP LOCKED
            """;
    private static final String ESCALATED = "UPDATE sinusnode.sign_off_due SET escalated = ? WHERE task = ?";
    private static final String LOOK_AGAIN = "UPDATE sinusnode.sign_off_due SET look_at = ? WHERE task = ?";
    private static final String OVERDUE = "SELECT count(*) FROM sinusnode.sign_off_due s WHERE s.due <= ?";

    private final RunningTransaction transaction;

    SignOffDueTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    void forget(Collection<UUID> tasks) {
        if (!tasks.isEmpty()) {
            transaction.execute(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                    statement.setArray(1, connection.createArrayOf("uuid", tasks.toArray()));
                    return statement.executeUpdate();
                }
            });
        }
    }

    void keep(List<SignOffDue> asked) {
        if (!asked.isEmpty()) {
            transaction.execute(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
                    Object[] tasks = asked.stream().map(SignOffDue::task).toArray();
                    Object[] patients = asked.stream().map(SignOffDue::patient).toArray();
                    Object[] due =
                            asked.stream().map(one -> one.due().toString()).toArray();
                    statement.setArray(1, connection.createArrayOf("uuid", tasks));
                    statement.setArray(2, connection.createArrayOf("uuid", patients));
                    statement.setArray(3, connection.createArrayOf("text", due));
                    return statement.executeUpdate();
                }
            });
        }
    }

    /** The one that has waited longest, for this transaction alone until it ends. */
    Optional<SignOffDue> claim(Instant now) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setObject(1, utc(now));
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new SignOffDue(
                                    Objects.requireNonNull(row.getObject(1, UUID.class)),
                                    Objects.requireNonNull(row.getObject(2, UUID.class)),
                                    Objects.requireNonNull(row.getObject(3, OffsetDateTime.class))
                                            .toInstant()))
                            : Optional.empty();
                }
            }
        });
    }

    void escalated(UUID task, Instant now) {
        transaction.update(ESCALATED, utc(now), task);
    }

    void lookAgain(UUID task, Instant at) {
        transaction.update(LOOK_AGAIN, utc(at), task);
    }

    /** How many are open although their time is over, escalated or not. */
    long overdue(Instant now) {
        return Objects.requireNonNullElse(transaction.queryForObject(OVERDUE, Long.class, utc(now)), 0L);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
