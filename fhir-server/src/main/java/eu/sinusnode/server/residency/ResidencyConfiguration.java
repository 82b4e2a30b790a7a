package eu.sinusnode.server.residency;

import eu.sinusnode.server.configuration.DatabaseProperties;
import eu.sinusnode.server.configuration.FullTextProperties;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.configuration.VideoProperties;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.Zone;
import java.time.Clock;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Checks the signed document at start; what opens a connection depends on it, so nothing is called before. */
@Configuration
public class ResidencyConfiguration {

    /** For {@code @DependsOn} of whatever calls out. */
    public static final String CHECKED = "signedResidency";

    private static final Logger LOG = LoggerFactory.getLogger(ResidencyConfiguration.class);

    @Bean(CHECKED)
    SignedResidency signedResidency(
            ServiceProperties service,
            DatabaseProperties database,
            OAuthProperties oauth,
            FullTextProperties fullText,
            VideoProperties video,
            Environment environment,
            PurposeKeys keys,
            Clock clock) {
        SignedResidency residency = new ResidencyFiles(service.home())
                .verified(keys.current(KeyPurpose.RESIDENCY))
                .demandInside(
                        Dependencies.of(database, oauth, fullText, video, environment),
                        LocalDate.now(clock.withZone(Zone.OF_DATES)));
        LOG.info(
                "Residency: tier {}, version {}, SHA-256 {}",
                residency.rules().tier(),
                residency.document().version(),
                residency.sha256());
        if (!residency.document().site().declared()) {
            LOG.warn(
                    "Nobody has declared where this server runs: {} is the shipped default. docs/residency.md tells how.",
                    residency.document().site().country());
        }
        return residency;
    }
}
