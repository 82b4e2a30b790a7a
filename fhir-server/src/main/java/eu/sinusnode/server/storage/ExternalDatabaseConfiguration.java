package eu.sinusnode.server.storage;

import eu.sinusnode.server.configuration.DatabaseProperties;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A URL is set: that PostgreSQL is used and no other is started. */
@Configuration
@ConditionalOnProperty("sinusnode.database.url")
class ExternalDatabaseConfiguration {

    @Bean
    DatabaseAddress externalDatabase(DatabaseProperties database) {
        return new DatabaseAddress(
                Objects.requireNonNull(database.url()),
                Objects.requireNonNull(database.username()),
                Objects.requireNonNull(database.password()));
    }
}
