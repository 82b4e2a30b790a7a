package eu.sinusnode.server.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.limits.RequestTime;
import eu.sinusnode.server.limits.TimedPool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection pool of the storage, and a small one beside it for lookups. */
@Configuration
class DataSourceConfiguration {

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DatabaseAddress address, DatabaseProperties properties, RequestTime time) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("sinusnode");
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.username());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(properties.poolSize());
        pool.setMinimumIdle(Math.min(4, properties.poolSize()));
        pool.setConnectionTimeout(10_000);
        pool.addDataSourceProperty("ApplicationName", "sinusnode");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        // HAPI names its tables without a schema, and the role is called as our own one is: by PostgreSQL's default
        // ("$user", public) HAPI would look there, and find nothing, once that schema exists.
        pool.addDataSourceProperty("currentSchema", "public");
        // Details of a constraint violation repeat the row's values; they must not come into a log.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        pool.addDataSourceProperty("connectTimeout", "5");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // A generic plan for HAPI's searches goes bad once the statistics of one patient are used for another. The time
        // limit ends a search that nobody waits for any more.
        pool.addDataSourceProperty("options", "-c plan_cache_mode=force_custom_plan -c statement_timeout=120000");
        return new TimedPool(pool, time);
    }

    @Bean(name = LookupConnections.NAME, defaultCandidate = false)
    LookupConnections lookupConnections(HikariDataSource dataSource, RequestTime time) {
        return new LookupConnections(dataSource, time);
    }
}
