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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code sinusnode.task_due}, in the transaction that is running. */
final class TaskDueTable {

    private static final String FORGET = "DELETE FROM sinusnode.task_due WHERE task = ANY (?::uuid[])";
    // Another deadline is looked at anew; what has been escalated stays so. In the order of the key, so that two
    // writers never wait for each other crosswise.
    private static final String KEEP = """
            INSERT INTO sinusnode.task_due AS t (task, patient, kind, due, look_at, question)
            SELECT d.task, d.patient, d.kind, d.due, d.due, d.question
            FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[], ?::uuid[])
                AS d (task, patient, kind, due, question) ORDER BY d.task
            ON CONFLICT (task) DO UPDATE SET patient = EXCLUDED.patient, kind = EXCLUDED.kind, due = EXCLUDED.due,
                question = EXCLUDED.question,
                look_at = CASE WHEN t.due = EXCLUDED.due THEN t.look_at ELSE EXCLUDED.due END
            """;
    private static final String TAKE_BACK =
            "UPDATE sinusnode.task_due SET answer = NULL WHERE answer = ANY (?::uuid[])";
    private static final String ANSWERED = """
            UPDATE sinusnode.task_due t SET answer = a.answer
            FROM (SELECT d.task, n.answer FROM unnest(?::uuid[], ?::uuid[]) AS n (question, answer)
                JOIN sinusnode.task_due d ON d.question = n.question ORDER BY d.task FOR UPDATE OF d) a
            WHERE t.task = a.task
            """;
    // What another server is at is not waited for.
    private static final String CLAIM = """
            SELECT t.task, t.patient, t.kind, t.due, t.question FROM sinusnode.task_due t
            WHERE t.kind = ? AND t.escalated IS NULL AND t.answer IS NULL AND t.look_at <= ?
            ORDER BY t.look_at, t.task LIMIT 1 FOR UPDATE SKIP LOCKED
            """;
    private static final String ESCALATED = "UPDATE sinusnode.task_due SET escalated = ? WHERE task = ?";
    private static final String LOOK_AGAIN = "UPDATE sinusnode.task_due SET look_at = ? WHERE task = ?";
    private static final String OVERDUE = """
            SELECT count(*) FROM sinusnode.task_due t WHERE t.kind = ? AND t.answer IS NULL AND t.due <= ?
            """;

    private final RunningTransaction transaction;

    TaskDueTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    void forget(Collection<UUID> tasks) {
        ofAll(FORGET, tasks, List.of(UUID::toString));
    }

    void keep(List<TaskDue> asked) {
        ofAll(
                KEEP,
                asked,
                List.of(
                        one -> one.task().toString(),
                        one -> one.patient().toString(),
                        one -> one.kind().code(),
                        one -> one.due().toString(),
                        one -> Objects.toString(one.question(), null)));
    }

    /** What these Communications answered before waits again. */
    void takeBack(Collection<UUID> answers) {
        ofAll(TAKE_BACK, answers, List.of(UUID::toString));
    }

    void answered(List<AnsweredQuestion> answers) {
        ofAll(ANSWERED, answers, List.of(one -> one.question().toString(), one -> one.answer()
                .toString()));
    }

    /** @param columns what the statement's arrays hold of each row */
    private <T> void ofAll(String sql, Collection<T> rows, List<Function<T, @Nullable String>> columns) {
        if (!rows.isEmpty()) {
            transaction.execute(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < columns.size(); i++) {
                        Object[] values = rows.stream().map(columns.get(i)).toArray();
                        statement.setArray(i + 1, connection.createArrayOf("text", values));
                    }
                    return statement.executeUpdate();
                }
            });
        }
    }

    /** The one of the kind that has waited longest, for this transaction alone until it ends. */
    Optional<TaskDue> claim(TaskKind kind, Instant now) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setString(1, kind.code());
                statement.setObject(2, utc(now));
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new TaskDue(
                                    Objects.requireNonNull(row.getObject(1, UUID.class)),
                                    Objects.requireNonNull(row.getObject(2, UUID.class)),
                                    TaskKind.of(row.getString(3)),
                                    Objects.requireNonNull(row.getObject(4, OffsetDateTime.class))
                                            .toInstant(),
                                    row.getObject(5, UUID.class)))
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

    /** How many of the kind wait although their time is over, escalated or not. */
    long overdue(TaskKind kind, Instant now) {
        return Objects.requireNonNullElse(transaction.queryForObject(OVERDUE, Long.class, kind.code(), utc(now)), 0L);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
