package eu.sinusnode.server.residency;

import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.keys.PurposeKeys;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The server's configuration of the check with what it needs, started in milliseconds. */
@EnableConfigurationProperties({
    ServiceProperties.class,
    DatabaseProperties.class,
    OAuthProperties.class,
    FullTextProperties.class,
    VideoProperties.class
})
@Import(ResidencyConfiguration.class)
public class ResidencyPart {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PurposeKeys purposeKeys(ServiceProperties service, Clock clock) {
        return PurposeKeys.open(service.home(), clock);
    }

    /** Settings of a server on this machine alone. */
    public static ApplicationContextRunner settings(Path home) {
        return new ApplicationContextRunner()
                .withPropertyValues(
                        "sinusnode.home=" + home,
                        "sinusnode.base-url=http://127.0.0.1:8080/fhir",
                        "sinusnode.database.username=u",
                        "sinusnode.database.password=p",
                        "sinusnode.oauth.issuer=http://127.0.0.1:8081/realms/sinusnode",
                        "sinusnode.oauth.audience=http://127.0.0.1:8080/fhir");
    }
}
