package eu.sinusnode.server.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** A small pool for the audit alone, to the same database as the storage. */
public final class AuditConnections {

    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private AuditConnections() {}

    /** @param storage whose database, user and driver settings are taken over */
    public static HikariDataSource besides(HikariDataSource storage) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("audit");
        config.setJdbcUrl(storage.getJdbcUrl());
        config.setUsername(storage.getUsername());
        config.setPassword(storage.getPassword());
        config.setDataSourceProperties(storage.getDataSourceProperties());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setAutoCommit(true);
        config.setConnectionTimeout(PATIENCE.toMillis());
        // The storage may trade durability for speed one day; what is audited is on disk when it is acknowledged.
        config.setConnectionInitSql("SET synchronous_commit = on");
        return new HikariDataSource(config);
    }
}
