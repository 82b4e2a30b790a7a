package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.subscription.Criteria;
import eu.sinusnode.policy.subscription.SubscriptionOrder;
import eu.sinusnode.server.export.job.ExportJson;
import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What this node knows of all Subscriptions that are not off, so that a write pays for no question. It is asked anew each
 * second; what is older than {@link #RELIED_ON} is not relied on, and a write then asks in its own transaction.
 */
public final class LiveSubscriptions implements AutoCloseable {

    /** A Subscription becomes active only after this time, so that no node passes over what it is to be told. */
    static final Duration RELIED_ON = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscriptions.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String READ =
            "SELECT s.subscription, s.rules FROM sinusnode.subscription s WHERE s.state <> 'off'";

    private final JdbcTemplate jdbc;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "subscriptions");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Known known = new Known(List.of(), System.nanoTime() - RELIED_ON.toNanos() * 2);

    /** A Subscription and what it is about. */
    record Live(UUID id, Criteria criteria) {}

    /** @param asOf {@link System#nanoTime} from before it was asked for */
    private record Known(List<Live> all, long asOf) {}

    LiveSubscriptions(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    LiveSubscriptions start() {
        reader.scheduleWithFixedDelay(this::refresh, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** @param transaction of the write, whose connection is asked when nothing fresh is known */
    List<Live> during(RunningTransaction transaction) {
        Known last = known;
        if (System.nanoTime() - last.asOf() <= RELIED_ON.toNanos()) {
            return last.all();
        }
        return transaction.execute(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(READ)) {
                List<Live> all = new ArrayList<>();
                while (row.next()) {
                    all.add(live(row));
                }
                return all;
            }
        });
    }

    private void refresh() {
        try {
            long asOf = System.nanoTime();
            known = new Known(List.copyOf(jdbc.query(READ, (row, number) -> live(row))), asOf);
        } catch (RuntimeException e) {
            LOG.warn("Subscriptions cannot be looked up; each write asks for itself: {}", FaultOrigin.of(e));
        }
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
