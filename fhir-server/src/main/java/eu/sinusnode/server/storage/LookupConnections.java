package eu.sinusnode.server.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.server.limits.RequestTime;
import eu.sinusnode.server.limits.TimedPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Connections for statements that find a few rows by their keys, which every request asks. One plan serves all values of
 * such a statement, so PostgreSQL keeps it; elsewhere each execution is planned anew, since HAPI's searches need that, and
 * for a lookup the planning takes ten times as long as the rest. Within a transaction of the storage its own connection is
 * given, so that a lookup sees what that has written.
 */
public final class LookupConnections extends AbstractDataSource implements AutoCloseable {

    /** The bean, for those who ask for it by name; whoever asks for a data source gets the storage's. */
    public static final String NAME = "lookupConnections";

    /** A lookup holds a connection for less than a millisecond. */
    private static final int CONNECTIONS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A plan that was made while a table was small must not walk it once it has grown. */
    private static final String OPTIONS =
            "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c statement_timeout=120000";

    private final DataSource storage;
    private final DataSource transactions;
    private final HikariDataSource pool;

    /** @param storage whose database, user and driver settings are taken over */
    LookupConnections(HikariDataSource storage, RequestTime time) {
        this.storage = storage;
        this.transactions = new TransactionAwareDataSourceProxy(storage);
        HikariConfig config = new HikariConfig();
        config.setPoolName("lookups");
        config.setJdbcUrl(storage.getJdbcUrl());
        config.setUsername(storage.getUsername());
        config.setPassword(storage.getPassword());
        Properties driver = new Properties();
        driver.putAll(storage.getDataSourceProperties());
        driver.setProperty("options", OPTIONS);
        config.setDataSourceProperties(driver);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        this.pool = new TimedPool(config, time);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return TransactionSynchronizationManager.hasResource(storage)
                ? transactions.getConnection()
                : pool.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new UnsupportedOperationException("The connections are the server's own.");
    }

    @Override
    public void close() {
        pool.close();
    }
}
