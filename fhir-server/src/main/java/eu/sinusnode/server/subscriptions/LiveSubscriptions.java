package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.subscription.Criteria;
import eu.sinusnode.policy.subscription.SubscriptionOrder;
import eu.sinusnode.server.export.job.ExportJson;
import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What this node knows of all Subscriptions that are not off, so that a write pays for no question. It is asked anew each
 * second; what is older than {@link #RELIED_ON} is not relied on, and a write then asks in its own transaction.
 */
public final class LiveSubscriptions implements AutoCloseable {

    /** A Subscription becomes active only after this time, so that no node passes over what it is to be told. */
    static final Duration RELIED_ON = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscriptions.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String LIVE = "SELECT s.subscription FROM sinusnode.subscription s WHERE s.state <> 'off'";
    private static final String RULES =
            "SELECT s.subscription, s.rules FROM sinusnode.subscription s WHERE s.subscription = ANY (?)";

    private final JdbcTemplate jdbc;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "subscriptions");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Known known = new Known(Map.of(), LiveIndex.EMPTY, System.nanoTime() - RELIED_ON.toNanos() * 2);

    /** A Subscription and what it is about. */
    record Live(UUID id, Criteria criteria) {}

    /** @param asOf {@link System#nanoTime} from before it was asked for */
    private record Known(Map<UUID, Live> all, LiveIndex index, long asOf) {}

    LiveSubscriptions(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    LiveSubscriptions start() {
        reader.scheduleWithFixedDelay(this::refresh, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** @param transaction of the write, whose connection is asked when nothing fresh is known */
    LiveIndex during(RunningTransaction transaction) {
        Known last = known;
        return System.nanoTime() - last.asOf() <= RELIED_ON.toNanos()
                ? last.index()
                : transaction.execute(
                        connection -> read(new JdbcTemplate(new SingleConnectionDataSource(connection, true)))
                                .index());
    }

    private void refresh() {
        try {
            known = read(jdbc);
        } catch (RuntimeException e) {
            LOG.warn("Subscriptions cannot be looked up; each write asks for itself: {}", FaultOrigin.of(e));
        }
    }

    /** What one asks for never changes, so that only those are read that were not known. */
    private Known read(JdbcTemplate from) {
        Known last = known;
        long asOf = System.nanoTime();
        Set<UUID> live = new LinkedHashSet<>(from.queryForList(LIVE, UUID.class));
        if (live.equals(last.all().keySet())) {
            return new Known(last.all(), last.index(), asOf);
        }
        Map<UUID, Live> all = new LinkedHashMap<>(last.all());
        all.keySet().retainAll(live);
        live.removeAll(all.keySet());
        from.query(
                RULES,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", live.toArray())),
                row -> {
                    Live found = live(row);
                    all.put(found.id(), found);
                });
        return new Known(all, new LiveIndex(all.values()), asOf);
    }

    private static Live live(ResultSet row) throws SQLException {
        return new Live(
                Objects.requireNonNull(row.getObject(1, UUID.class)),
                ExportJson.read(Objects.requireNonNull(row.getString(2)), SubscriptionOrder.class)
                        .criteria());
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
