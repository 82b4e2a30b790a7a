package eu.sinusnode.server.storage;

import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.residency.ResidencyConfiguration;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** A URL is set: that PostgreSQL is used and no other is started. */
@Configuration
@ConditionalOnProperty("sinusnode.database.url")
class ExternalDatabaseConfiguration {

    @Bean
    @DependsOn(ResidencyConfiguration.CHECKED)
    DatabaseAddress externalDatabase(DatabaseProperties database) {
        return new DatabaseAddress(
                Objects.requireNonNull(database.url()),
                Objects.requireNonNull(database.username()),
                Objects.requireNonNull(database.password()));
    }
}
