package eu.sinusnode.policy.residency.signed;

import java.util.Locale;
import java.util.Set;

/**
 * A host that the configuration makes the server talk to.
 *
 * @param setting where it is configured, e.g. {@code sinusnode.database.url}
 * @param host in lower case and without brackets; {@link Endpoint#LOOPBACK} for this machine
 */
public record Dependency(String setting, EndpointPurpose purpose, String host) {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1");

    /** @param host as a URL or a setting has it */
    public static Dependency of(String setting, EndpointPurpose purpose, String host) {
        String plain = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        return new Dependency(setting, purpose, LOOPBACK_NAMES.contains(plain) ? Endpoint.LOOPBACK : plain);
    }
}
