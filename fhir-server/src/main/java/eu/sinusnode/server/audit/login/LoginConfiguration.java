package eu.sinusnode.server.audit.login;

import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.server.audit.store.JournalDrainer;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.security.ClientAssertion;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads Keycloak's events with the server's own client. */
@Configuration
class LoginConfiguration {

    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofMinutes(2);

    @Bean(destroyMethod = "close")
    LoginImporter loginImporter(
            OAuthProperties oauth,
            OutboundHttp http,
            ClientAssertion assertion,
            AuditSink sink,
            JournalDrainer drainer,
            Clock clock) {
        KeycloakAdmin keycloak = new KeycloakAdmin(oauth.issuer(), http, assertion);
        return new LoginImporter(keycloak, sink, clock, PAUSE).start();
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
}
