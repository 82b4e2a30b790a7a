package eu.sinusnode.server.residency;

import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.Zone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Holds a command beside the server to the signed document, as the server is held at its start: before it calls anything. */
public final class CommandResidency {

    private CommandResidency() {}

    /**
     * @param home the state directory, whose document counts
     * @param environment what names the hosts that the command uses
     * @throws IllegalStateException when a host, the site or the document is not as it must be; the message says which, and
     *     what to do
     */
    public static void demandInside(Path home, Map<String, String> environment, Clock clock) {
        try {
            new ResidencyFiles(home)
                    .verified(PurposeKeys.open(home, clock).current(KeyPurpose.RESIDENCY))
                    .demandInside(
                            Dependencies.ofCommand(settings(environment)),
                            LocalDate.now(clock.withZone(Zone.OF_DATES)));
        } catch (ResidencyException e) {
            throw new IllegalStateException(e.getMessage() + " " + e.remedy(), e);
        }
    }

    /** Those of the JVM too: a proxy is one of them. */
    private static PropertyResolver settings(Map<String, String> environment) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addLast(new SystemEnvironmentPropertySource("environment", Map.copyOf(environment)));
        sources.addLast(new PropertiesPropertySource("jvm", System.getProperties()));
        return new PropertySourcesPropertyResolver(sources);
    }
}
