package eu.sinusnode.server.keys;

import eu.sinusnode.server.configuration.ServiceProperties;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the keys at start; the server does not start with keys that others can read. */
@Configuration
class KeysConfiguration {

    /** A launch token lives one minute, one for a video room five; the new key is noticed within seconds. */
    private static final Duration LAUNCH_OVERLAP = Duration.ofMinutes(3);

    private static final Duration VIDEO_OVERLAP = Duration.ofMinutes(7);

    @Bean
    PurposeKeys purposeKeys(ServiceProperties service, Clock clock) {
        return PurposeKeys.open(service.home(), clock);
    }

    @Bean
    ServletRegistrationBean<KeySetServlet> launchKeys(PurposeKeys keys, Clock clock) {
        return published("launch", new RecentKeySet(keys, KeyPurpose.LAUNCH, LAUNCH_OVERLAP, clock));
    }

    @Bean
    ServletRegistrationBean<KeySetServlet> videoKeys(PurposeKeys keys, Clock clock) {
        return published("video", new RecentKeySet(keys, KeyPurpose.VIDEO, VIDEO_OVERLAP, clock));
    }

    private static ServletRegistrationBean<KeySetServlet> published(String purpose, RecentKeySet keys) {
        ServletRegistrationBean<KeySetServlet> registration =
                new ServletRegistrationBean<>(new KeySetServlet(keys::json), "/.well-known/" + purpose + "-jwks.json");
        registration.setName(purpose + "-keys");
        return registration;
    }
}
