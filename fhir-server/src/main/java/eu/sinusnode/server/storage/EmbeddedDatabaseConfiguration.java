package eu.sinusnode.server.storage;

import eu.sinusnode.server.configuration.PostgresProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.RunningPostgres;
import eu.sinusnode.server.residency.ResidencyConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** No URL is set: the embedded PostgreSQL is started, or adopted when it runs already. */
@Configuration
@ConditionalOnProperty(name = "sinusnode.database.url", matchIfMissing = true, havingValue = "there is no such URL")
class EmbeddedDatabaseConfiguration {

    private static final String DATABASE = "sinusnode";

    @Bean
    @DependsOn(ResidencyConfiguration.CHECKED)
    DatabaseAddress embeddedDatabase(ServiceProperties service, PostgresProperties postgres) {
        RunningPostgres server = new PostgresControl(service.home(), postgres.port()).start();
        return new DatabaseAddress(server.url(DATABASE), DATABASE, server.password(DATABASE));
    }
}
