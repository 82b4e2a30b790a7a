package eu.sinusnode.launcher.home;

import eu.sinusnode.launcher.Trouble;
import java.util.Map;

/**
 * The six loopback ports.
 *
 * @param server the FHIR server's
 * @param https the FHIR server's, for HTTPS
 * @param keycloakManagement where Keycloak tells its health
 * @param app where the example app is served and the demo's app client is redirected to
 */
public record Ports(int server, int https, int keycloak, int keycloakManagement, int postgres, int app) {

    static final Ports STANDARD = new Ports(8080, 8443, 8081, 9001, 54329, 8765);

    /**
     * The standard ports, save where SINUSNODE_PORT, SINUSNODE_HTTPS_PORT, SINUSNODE_KEYCLOAK_PORT,
     * SINUSNODE_KEYCLOAK_MANAGEMENT_PORT, SINUSNODE_POSTGRES_PORT or SINUSNODE_APP_PORT say otherwise.
     *
     * @throws Trouble when one of them is no port number
     */
    public static Ports of(Map<String, String> environment) {
        return new Ports(
                port(environment, "SINUSNODE_PORT", STANDARD.server),
                port(environment, "SINUSNODE_HTTPS_PORT", STANDARD.https),
                port(environment, "SINUSNODE_KEYCLOAK_PORT", STANDARD.keycloak),
                port(environment, "SINUSNODE_KEYCLOAK_MANAGEMENT_PORT", STANDARD.keycloakManagement),
                port(environment, "SINUSNODE_POSTGRES_PORT", STANDARD.postgres),
                port(environment, "SINUSNODE_APP_PORT", STANDARD.app));
    }

    private static int port(Map<String, String> environment, String variable, int standard) {
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            return standard;
        }
        if (value.matches("\\d{1,5}")) {
            int port = Integer.parseInt(value);
            if (port > 0 && port <= 65535) {
                return port;
            }
        }
        throw new Trouble(
                variable + " is '" + value + "', which is not a port.",
                "Set it to a number from 1 to 65535, or unset it.");
    }
}
