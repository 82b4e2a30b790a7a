package eu.sinusnode.server.audit.login;

import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.server.audit.store.JournalDrainer;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads Keycloak's events where the server has a client of its own at Keycloak. */
@Configuration
@Conditional(LoginConfiguration.HasOwnClient.class)
class LoginConfiguration {

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofMinutes(2);

    @Bean(destroyMethod = "close")
    LoginImporter loginImporter(
            OAuthProperties oauth, ServiceProperties service, AuditSink sink, JournalDrainer drainer, Clock clock) {
        KeycloakAdmin keycloak = new KeycloakAdmin(oauth.issuer(), key(service.home()), clock);
        return new LoginImporter(keycloak::eventsSince, sink, clock, PAUSE).start();
    }

    /** Shown, and not part of readiness: records can be read while Keycloak's events are late. */
    @Bean("logins")
    HealthIndicator loginHealth(LoginImporter importer, Clock clock) {
        return () -> {
            var last = importer.lastSuccess();
            boolean late = last == null || last.isBefore(clock.instant().minus(LATE));
            return (late ? Health.status("LATE") : Health.up())
                    .withDetail("lastRead", last == null ? "never" : last.toString())
                    .build();
        };
    }

    private static Path key(Path home) {
        return home.resolve("secrets").resolve("clients").resolve("fhir-server.jwk.json");
    }

    /** The key of the client {@code fhir-server} is there. */
    static final class HasOwnClient implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String home = context.getEnvironment().getProperty("sinusnode.home", ".sinusnode");
            return Files.isRegularFile(key(Path.of(home)));
        }
    }
}
