package eu.sinusnode.keycloak.process;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How one Keycloak runs. It listens on 127.0.0.1 alone.
 *
 * @param directory where the realm file and the note of what was imported lie; private
 * @param pidFile remembers the processes, so that a later launcher finds them again
 * @param log standard output and error are appended here
 * @param adminPassword of the user {@code admin} of the master realm, set when the database is new
 * @param jvmOptions in addition to Keycloak's own
 * @param startLimit how long a start may take before it counts as failed
 */
public record KeycloakSettings(
        Path directory,
        Path pidFile,
        Path log,
        int port,
        int managementPort,
        KeycloakDatabase database,
        String adminPassword,
        List<String> jvmOptions,
        Duration startLimit) {

    public static final String ADMIN = "admin";

    /** Default limit of a start: the first one makes the whole database, on a busy machine. */
    public static final Duration START_LIMIT = Duration.ofMinutes(10);

    public KeycloakSettings {
        jvmOptions = List.copyOf(jvmOptions);
        if (port == managementPort) {
            throw new IllegalArgumentException("Keycloak needs two ports; both are " + port + ".");
        }
    }

    /** The installation under a SinusNode home: {@code keycloak/}, {@code run/keycloak.pid}, {@code logs/keycloak.log}. */
    public static KeycloakSettings inHome(
            Path home, int port, int managementPort, KeycloakDatabase database, String adminPassword) {
        return new KeycloakSettings(
                home.resolve("keycloak"),
                home.resolve("run").resolve("keycloak.pid"),
                home.resolve("logs").resolve("keycloak.log"),
                port,
                managementPort,
                database,
                adminPassword,
                List.of(),
                START_LIMIT);
    }

    /** Keycloak's own base URL, also the one in its tokens. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The {@code iss} of a realm's tokens. */
    public URI issuer(String realm) {
        return URI.create(base() + "/realms/" + realm);
    }

    URI readiness() {
        return URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    }

    Path realmFile() {
        return directory.resolve("realm.json");
    }

    /** Written by our import inside Keycloak when it has made the realm of the file. */
    Path imported() {
        return directory.resolve("realm.json.imported");
    }

    Path importNote() {
        return directory.resolve("imported");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "KeycloakSettings[" + base() + ", " + database + ", " + directory + "]";
    }
}
