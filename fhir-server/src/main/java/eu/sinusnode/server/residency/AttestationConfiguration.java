package eu.sinusnode.server.residency;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.server.audit.reading.StoredSoFar;
import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.keys.KeySetServlet;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

/** Serves the attestation and the key that it is signed with. */
@Configuration
class AttestationConfiguration {

    static final String PATH = "/.well-known/residency-attestation";
    static final String KEYS_PATH = "/.well-known/residency-jwks.json";

    private static final Duration COUNTED = Duration.ofDays(90);

    @Bean
    RefusedAttempts refusedAttempts(HikariDataSource dataSource, StoredSoFar storedSoFar) {
        return new RefusedAttempts(dataSource, storedSoFar);
    }

    @Bean
    Attestations attestations(
            SignedResidency residency,
            RefusedAttempts refused,
            ServiceProperties service,
            DatabaseProperties database,
            OAuthProperties oauth,
            FullTextProperties fullText,
            VideoProperties video,
            Environment environment,
            PurposeKeys keys,
            Clock clock) {
        List<Dependency> dependencies = Dependencies.of(database, oauth, fullText, video, environment);
        return new Attestations(
                now -> {
                    Instant since = now.minus(COUNTED).truncatedTo(ChronoUnit.DAYS);
                    return Attestation.of(
                            service.origin(),
                            residency,
                            dependencies,
                            since,
                            refused.since(since),
                            now,
                            LocalDate.ofInstant(now, Zone.OF_DATES));
                },
                keys,
                clock);
    }

    @Bean
    ServletRegistrationBean<AttestationServlet> residencyAttestation(ObjectProvider<Attestations> attestations) {
        ServletRegistrationBean<AttestationServlet> registration =
                new ServletRegistrationBean<>(new AttestationServlet(attestations::getObject), PATH);
        registration.setName("residency-attestation");
        return registration;
    }

    /** Servlets are made before nearly everything else, so a start that the file forbids ends here, at once. */
    @Bean
    @DependsOn(ResidencyConfiguration.CHECKED)
    ServletRegistrationBean<KeySetServlet> residencyKeys(PurposeKeys keys) {
        ServletRegistrationBean<KeySetServlet> registration =
                new ServletRegistrationBean<>(new KeySetServlet(() -> Attestations.keySet(keys)), KEYS_PATH);
        registration.setName("residency-keys");
        return registration;
    }
}
