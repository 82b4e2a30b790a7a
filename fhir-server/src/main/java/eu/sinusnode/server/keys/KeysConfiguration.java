package eu.sinusnode.server.keys;

import eu.sinusnode.server.configuration.ServiceProperties;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the keys at start; the server does not start with keys that others can read. */
@Configuration
class KeysConfiguration {

    static final String LAUNCH_KEYS_PATH = "/.well-known/launch-jwks.json";

    @Bean
    PurposeKeys purposeKeys(ServiceProperties service, Clock clock) {
        return PurposeKeys.open(service.home(), clock);
    }

    @Bean
    ServletRegistrationBean<KeySetServlet> launchKeys(PurposeKeys keys, Clock clock) {
        ServletRegistrationBean<KeySetServlet> registration =
                new ServletRegistrationBean<>(new KeySetServlet(new LaunchKeySet(keys, clock)::json), LAUNCH_KEYS_PATH);
        registration.setName("launch-keys");
        return registration;
    }
}
