package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.subscriptions.HeaderSeal;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The outbox, on the connection of the transaction that delivers; only numbers are written beside it, since they have to
 * be known however the delivery ends.
 */
class Outbox {

    /** A Subscription for which more waits is set off: its receiver has to read what it missed. */
    static final int MOST_WAITING = 100_000;

    private static final String TAKE = """
            SELECT s.subscription, s.caller, s.rules, s.resource, s.state, s.problem, s.told, s.headers, s.headers_kid,
                s.ends <= now() AS ended, s.contact <= now() - make_interval(secs => ?::double precision) AS silent,
                s.heartbeat_due <= now() AS heartbeat,
                coalesce(extract(epoch FROM now() - s.failing_since), 0)::bigint AS failing
            FROM sinusnode.subscription s
            WHERE s.state <> 'off' AND s.due <= now() AND s.subscription IN (
                SELECT e.subscription FROM sinusnode.subscription_event e WHERE e.occurred <= statement_timestamp()
                UNION ALL SELECT o.subscription FROM sinusnode.subscription o
                WHERE o.state = 'requested' OR o.state <> 'off' AND (o.ends <= now()
                    OR o.contact <= now() - make_interval(secs => ?::double precision) OR o.heartbeat_due <= now()))
                AND %s
            ORDER BY s.due LIMIT ? FOR NO KEY UPDATE OF s SKIP LOCKED
            """;

    /** What has no endpoint is told on a websocket. */
    private static final String TAKE_HOOKS = TAKE.formatted(
            "s.rules::jsonb ->> 'endpoint' IS NOT NULL AND (s.rules::jsonb ->> 'endpoint' = ANY (?)) = ?");

    private static final String TAKE_BOUND = TAKE.formatted("s.bound = ANY (?)");

    /** Of those that nobody listens to, what is over. Who takes the next one of the others looks at that himself. */
    private static final String UNBOUND_IS_OVER = """
            UPDATE sinusnode.subscription s SET state = 'off', problem = CASE
                WHEN s.ends <= now() THEN 'Its end has come.'
                WHEN s.contact <= now() - make_interval(secs => ?::double precision)
                    THEN 'Its client has not shown a token for too long.'
                ELSE 'More than ' || ? || ' events wait.' END
            WHERE s.state <> 'off' AND s.rules::jsonb ->> 'endpoint' IS NULL AND (s.ends <= now()
                OR s.contact <= now() - make_interval(secs => ?::double precision)
                OR EXISTS (SELECT FROM sinusnode.subscription_event e WHERE e.subscription = s.subscription OFFSET ?))
            """;

    /** What has a number first: it was sent before what has none, perhaps. What is to occur later waits for its time. */
    private static final String NEXT = """
            SELECT e.event, e.record, e.occurred, e.number FROM sinusnode.subscription_event e
            WHERE e.subscription = ? AND (e.number IS NOT NULL OR e.occurred <= clock_timestamp())
            ORDER BY e.number NULLS LAST, e.event LIMIT ?
            """;

    private static final String DELIVERED = """
            UPDATE sinusnode.subscription SET state = 'active', problem = NULL, attempts = 0, failing_since = NULL,
                told = greatest(told, ?), due = now(), heartbeat_due = coalesce(now() + make_interval(secs => ?::double precision), 'infinity')
            WHERE subscription = ?
            """;

    /** The pause doubles from 2 s to 15 minutes. One that was never active stays requested. */
    private static final String FAILED = """
            UPDATE sinusnode.subscription SET state = CASE state WHEN 'requested' THEN state ELSE 'error' END, problem = ?,
                attempts = attempts + 1, failing_since = coalesce(failing_since, now()),
                due = clock_timestamp() + least(make_interval(secs => 2 ^ least(attempts + 1, 10)), interval '15 minutes')
            WHERE subscription = ?
            """;

    /** What was told can be asked for by its number. */
    private static final String TOLD = """
            WITH told AS (DELETE FROM sinusnode.subscription_event WHERE event = ANY (?)
                RETURNING subscription, number, record, patient, occurred)
            INSERT INTO sinusnode.subscription_told (subscription, number, record, patient, occurred)
            SELECT subscription, number, record, patient, occurred FROM told
            """;

    private final RunningTransaction transaction;
    private final JdbcTemplate beside;
    private final HeaderSeal seal;

    /** @param beside connections of their own, which commit at once */
    Outbox(RunningTransaction transaction, DataSource beside, HeaderSeal seal) {
        this.transaction = transaction;
        this.beside = new JdbcTemplate(beside);
        this.seal = seal;
    }

    /** Which Subscriptions are taken. */
    sealed interface Whose {

        String statement();

        /** @param first parameter that it sets; returns the next */
        int set(PreparedStatement statement, int first) throws SQLException;
    }

    /** @param alone whether the named ones are meant, or all but those */
    record Endpoints(Set<URI> named, boolean alone) implements Whose {
        @Override
        public String statement() {
            return TAKE_HOOKS;
        }

        @Override
        public int set(PreparedStatement statement, int first) throws SQLException {
            Object[] urls = named.stream().map(URI::toString).toArray();
            statement.setArray(first, statement.getConnection().createArrayOf("text", urls));
            statement.setBoolean(first + 1, alone);
            return first + 2;
        }
    }

    /** Those that are told on websockets of this node. */
    record Bound(Set<UUID> bindings) implements Whose {
        @Override
        public String statement() {
            return TAKE_BOUND;
        }

        @Override
        public int set(PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, statement.getConnection().createArrayOf("uuid", bindings.toArray()));
            return first + 1;
        }
    }

    /**
     * Locks the Subscriptions that have waited longest; other workers, of any node, pass them over.
     */
    List<Due> take(Duration contactWithin, int most, Whose whose) {
        double silence = (double) contactWithin.toMillis() / 1000;
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(whose.statement())) {
                statement.setDouble(1, silence);
                statement.setDouble(2, silence);
                statement.setInt(whose.set(statement, 3), most);
                List<Due> due = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        due.add(due(row));
                    }
                }
                return due;
            }
        });
    }

    private Due due(ResultSet row) throws SQLException {
        StoredSubscription subscription = StoredSubscription.read(row);
        byte[] sealed = row.getBytes("headers");
        Map<String, String> headers = sealed == null
                ? Map.of()
                : seal.open(subscription.id(), sealed, Objects.requireNonNull(row.getString("headers_kid")));
        return new Due(
                subscription,
                headers,
                row.getBoolean("ended"),
                row.getBoolean("silent"),
                row.getBoolean("heartbeat"),
                row.getLong("failing"));
    }

    List<OutboxEvent> next(UUID subscription, int most) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
                statement.setObject(1, subscription);
                statement.setInt(2, most);
                List<OutboxEvent> events = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        events.add(new OutboxEvent(
                                row.getLong(1),
                                Objects.requireNonNull(row.getObject(2, UUID.class)),
                                Objects.requireNonNull(row.getObject(3, OffsetDateTime.class))
                                        .toInstant(),
                                row.getObject(4, Long.class)));
                    }
                }
                return events;
            }
        });
    }

    /** The last number that was given, told or not. */
    long lastNumber(UUID subscription) {
        Long last = transaction.queryForObject("""
                SELECT greatest(s.told, (SELECT max(e.number) FROM sinusnode.subscription_event e
                    WHERE e.subscription = s.subscription))
                FROM sinusnode.subscription s WHERE s.subscription = ?
                """, Long.class, subscription);
        return last == null ? 0 : last;
    }

    /** Known however the delivery ends, and before anything leaves. */
    void number(Map<Long, Long> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        beside.batchUpdate(
                "UPDATE sinusnode.subscription_event SET number = ? WHERE event = ?",
                numbers.entrySet().stream()
                        .map(each -> new Object[] {each.getValue(), each.getKey()})
                        .toList());
    }

    /** Takes numbers back under which nothing has left. */
    void unnumber(Collection<Long> events) {
        if (!events.isEmpty()) {
            transaction.update("UPDATE sinusnode.subscription_event SET number = NULL WHERE event = ANY (?)", (Object)
                    events.toArray(Long[]::new));
        }
    }

    void remove(Collection<Long> events) {
        if (!events.isEmpty()) {
            transaction.update("DELETE FROM sinusnode.subscription_event WHERE event = ANY (?)", (Object)
                    events.toArray(Long[]::new));
        }
    }

    /** Takes events out that were told; each has its number. */
    void told(Collection<Long> events) {
        if (!events.isEmpty()) {
            transaction.update(TOLD, (Object) events.toArray(Long[]::new));
        }
    }

    /** A number that may have been told is not given again, even when its event may not be told any more. */
    void skip(UUID subscription, long number) {
        transaction.update(
                "UPDATE sinusnode.subscription SET told = greatest(told, ?) WHERE subscription = ?",
                number,
                subscription);
    }

    /** @param lastNumber that was told */
    void delivered(UUID subscription, long lastNumber, @Nullable Duration heartbeat) {
        transaction.update(
                DELIVERED, lastNumber, heartbeat == null ? null : (double) heartbeat.toSeconds(), subscription);
    }

    /** @param problem a sentence without content of any record */
    void failed(UUID subscription, String problem) {
        transaction.update(FAILED, problem, subscription);
    }

    /** Looks at it again soon; the others come first. */
    void postpone(UUID subscription, Duration pause) {
        transaction.update(
                "UPDATE sinusnode.subscription SET due = clock_timestamp() + make_interval(secs => ?::double precision) WHERE subscription = ?",
                (double) pause.toMillis() / 1000,
                subscription);
    }

    /** For good; what waits is forgotten. */
    void off(UUID subscription, String problem) {
        transaction.update(
                "UPDATE sinusnode.subscription SET state = 'off', problem = ? WHERE subscription = ?",
                problem,
                subscription);
        transaction.update("DELETE FROM sinusnode.subscription_event WHERE subscription = ?", subscription);
    }

    boolean isFull(UUID subscription) {
        Long waiting = transaction.queryForObject(
                "SELECT count(*) FROM sinusnode.subscription_event WHERE subscription = ?", Long.class, subscription);
        return waiting != null && waiting > MOST_WAITING;
    }

    /** Sets off what waits for a websocket in vain. */
    void giveUpUnbound(Duration contactWithin) {
        double silence = (double) contactWithin.toMillis() / 1000;
        beside.update(UNBOUND_IS_OVER, silence, MOST_WAITING, silence, MOST_WAITING);
    }

    /**
     * Removes what a write has left for a Subscription that was deleted, or set off, at that very moment, and what was told too
     * long ago to be asked for.
     */
    void sweep(Duration toldKeptFor) {
        beside.update("""
                DELETE FROM sinusnode.subscription_event e WHERE NOT EXISTS (SELECT FROM sinusnode.subscription s
                    WHERE s.subscription = e.subscription AND s.state <> 'off')
                """);
        beside.update(
                "DELETE FROM sinusnode.subscription_told WHERE told <= now() - make_interval(secs => ?::double precision)",
                (double) toldKeptFor.toMillis() / 1000);
        beside.update("""
                DELETE FROM sinusnode.subscription_told t WHERE NOT EXISTS (
                    SELECT FROM sinusnode.subscription s WHERE s.subscription = t.subscription)
                """);
    }
}
