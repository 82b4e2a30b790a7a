package eu.sinusnode.server.audit.retention;

import eu.sinusnode.server.audit.chain.Retention;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.store.AuditStore;
import eu.sinusnode.server.audit.store.Recordable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Drops the months that have passed their retention, each in one transaction with the event that says so. Of all servers
 * and commands at one database, one does it at a time.
 */
public final class RetentionRun {

    /** Of PostgreSQL's advisory locks: the letters {@code audit-rt}. */
    private static final long LOCK = 0x61756469742d7274L;

    private final DataSource dataSource;
    private final Retention policy;
    private final AuditStore store;
    private final Clock clock;

    public RetentionRun(DataSource dataSource, AuditKeys keys, AuditStore store, Clock clock) {
        this.dataSource = dataSource;
        this.policy = new Retention(dataSource, keys, clock);
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param dropped told of each month, the oldest first
     * @return false when another one is at it; nothing was looked at then
     */
    public boolean run(Period retention, Consumer<Retention.Expired> dropped) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (!ask(connection, "SELECT pg_try_advisory_lock(?)")) {
                return false;
            }
            try {
                drop(policy.expired(retention), retention, dropped);
            } finally {
                ask(connection, "SELECT pg_advisory_unlock(?)");
            }
            return true;
        }
    }

    private void drop(List<Retention.Expired> expired, Period retention, Consumer<Retention.Expired> dropped) {
        for (Retention.Expired month : expired) {
            store.append(
                    List.of(Recordable.single(DropEvent.of(month, retention, clock.instant()))),
                    () -> policy.drop(month.month()));
            dropped.accept(month);
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setLong(1, LOCK);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }
}
