package eu.sinusnode.server.configuration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database, when it is not the embedded one, and the pool.
 *
 * @param url JDBC URL of an external PostgreSQL; absent for the embedded one
 * @param username with url: the role that owns the schema
 * @param password with url: its password
 * @param poolSize connections kept; each request that works on the database holds one
 */
@ConfigurationProperties("sinusnode.database")
public record DatabaseProperties(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("20") int poolSize) {

    public DatabaseProperties {
        Sentences.require(
                url == null || url.startsWith("jdbc:postgresql:"),
                "sinusnode.database.url must start with jdbc:postgresql: because PostgreSQL is the only database that"
                        + " SinusNode runs on; leave it out for the embedded one.");
        Sentences.require(
                url == null || (username != null && password != null),
                "sinusnode.database.url needs sinusnode.database.username and sinusnode.database.password beside it.");
        Sentences.require(poolSize >= 4 && poolSize <= 100, "sinusnode.database.pool-size must lie between 4 and 100.");
    }
}
