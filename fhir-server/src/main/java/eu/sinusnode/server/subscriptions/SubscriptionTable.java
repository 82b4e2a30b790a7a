package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.subscription.SubscriptionOrder;
import eu.sinusnode.server.export.job.ExportJson;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code sinusnode.subscription} for its owners. */
public class SubscriptionTable {

    /** By then every node has heard of it, so that no change is missed that comes once it is active. */
    static final Duration HEARD_WITHIN = LiveSubscriptions.RELIED_ON.plusSeconds(1);

    private static final String OF_OWNER =
            "SELECT " + StoredSubscription.COLUMNS + " FROM sinusnode.subscription s WHERE s.owner = :owner";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final HeaderSeal seal;

    public SubscriptionTable(DataSource dataSource, HeaderSeal seal) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.seal = seal;
    }

    /**
     * Stores one unless its owner has too many.
     *
     * @param resource as it is shown, JSON
     * @param ends null for no end
     * @return its id; empty when there are {@code most} already
     */
    Optional<UUID> add(Caller caller, SubscriptionOrder order, String resource, @Nullable Instant ends, int most) {
        String owner = caller.identity();
        UUID id = UUID.randomUUID();
        return transaction.execute(status -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('sinusnode.subscription/' || :owner, 0))")
                    .param("owner", owner)
                    .query((row, number) -> "")
                    .list();
            if (count(owner) >= most) {
                return Optional.<UUID>empty();
            }
            HeaderSeal.Sealed headers = order.headers().isEmpty() ? null : seal.seal(id, order.headers());
            jdbc.sql("""
                    INSERT INTO sinusnode.subscription
                        (subscription, owner, caller, resource, rules, headers, headers_kid, created, ends, due)
                    VALUES (:id, :owner, :caller, :resource, :rules, :headers, :kid, clock_timestamp(),
                        coalesce(:ends, 'infinity'::timestamptz), clock_timestamp() + make_interval(secs => :heard))
                    """)
                    .param("id", id)
                    .param("owner", owner)
                    .param("caller", ExportJson.write(caller))
                    .param("resource", resource)
                    .param("rules", ExportJson.write(order.withoutHeaders()))
                    .param("headers", headers == null ? null : headers.bytes(), Types.BINARY)
                    .param("kid", headers == null ? null : headers.kid(), Types.VARCHAR)
                    .param("ends", ends == null ? null : ends.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("heard", (double) HEARD_WITHIN.toMillis() / 1000)
                    .update();
            return Optional.of(id);
        });
    }

    private long count(String owner) {
        return jdbc.sql("SELECT count(*) FROM sinusnode.subscription WHERE owner = :owner")
                .param("owner", owner)
                .query(Long.class)
                .single();
    }

    /** The caller's own; empty when it is another's, or never was. */
    Optional<StoredSubscription> find(UUID id, Caller caller) {
        return jdbc.sql(OF_OWNER + " AND s.subscription = :id")
                .param("owner", caller.identity())
                .param("id", id)
                .query((row, number) -> StoredSubscription.read(row))
                .optional();
    }

    /** Whosever it is. */
    Optional<StoredSubscription> find(UUID id) {
        return jdbc.sql("SELECT " + StoredSubscription.COLUMNS
                        + " FROM sinusnode.subscription s WHERE s.subscription = :id")
                .param("id", id)
                .query((row, number) -> StoredSubscription.read(row))
                .optional();
    }

    /** All of the caller's own, the oldest first. */
    List<StoredSubscription> all(Caller caller) {
        return jdbc.sql(OF_OWNER + " ORDER BY s.created, s.subscription")
                .param("owner", caller.identity())
                .query((row, number) -> StoredSubscription.read(row))
                .list();
    }

    /** An event that its receiver has acknowledged. */
    record KeptEvent(long number, UUID record, Instant occurred) {}

    /**
     * What was told, by number.
     *
     * @param since number of the first
     * @param until number of the last
     */
    List<KeptEvent> told(UUID id, long since, long until, int most) {
        return jdbc.sql("""
                SELECT t.number, t.record, t.occurred FROM sinusnode.subscription_told t
                WHERE t.subscription = :id AND t.number BETWEEN :since AND :until ORDER BY t.number LIMIT :most
                """)
                .param("id", id)
                .param("since", since)
                .param("until", until)
                .param("most", most)
                .query((row, number) -> new KeptEvent(
                        row.getLong(1),
                        Objects.requireNonNull(row.getObject(2, UUID.class)),
                        Objects.requireNonNull(row.getObject(3, OffsetDateTime.class))
                                .toInstant()))
                .list();
    }

    /** The owner has shown a token for it. */
    void contact(UUID id) {
        jdbc.sql("""
                UPDATE sinusnode.subscription SET contact = now()
                WHERE subscription = :id AND contact < now() - interval '1 minute'
                """).param("id", id).update();
    }

    /**
     * Waits for a notification that is under way, so that nothing is sent once it is deleted.
     *
     * @return whether there was such a Subscription of the caller
     */
    boolean delete(UUID id, Caller caller) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean deleted = jdbc.sql("DELETE FROM sinusnode.subscription WHERE subscription = :id AND owner = :owner")
                            .param("id", id)
                            .param("owner", caller.identity())
                            .update()
                    > 0;
            if (deleted) {
                jdbc.sql("DELETE FROM sinusnode.subscription_event WHERE subscription = :id")
                        .param("id", id)
                        .update();
                jdbc.sql("DELETE FROM sinusnode.subscription_told WHERE subscription = :id")
                        .param("id", id)
                        .update();
            }
            return deleted;
        }));
    }
}
