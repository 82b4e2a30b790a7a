package eu.sinusnode.launcher.home;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** One SinusNode on this machine: where its state and programs lie, its ports, and how its analysis runs. */
public record Installation(Home home, Programs programs, Ports ports, JobSettings job) {

    /** With the standard settings of the analysis. */
    public Installation(Home home, Programs programs, Ports ports) {
        this(home, programs, ports, JobSettings.STANDARD);
    }

    /**
     * As the script {@code sinusnode} describes it.
     *
     * @param properties {@code sinusnode.repository} and {@code sinusnode.home}; the working directory stands in for the
     *     first, the folder {@code .sinusnode} below it for the second
     * @param environment the variables of {@link Ports#of} and {@link JobSettings#of}
     */
    public static Installation of(Properties properties, Map<String, String> environment) {
        Path repository =
                Path.of(properties.getProperty("sinusnode.repository", "")).toAbsolutePath();
        String home = properties.getProperty("sinusnode.home", "");
        return new Installation(
                new Home(home.isBlank() ? repository.resolve(".sinusnode") : Path.of(home)),
                new Programs(repository),
                Ports.of(environment),
                JobSettings.of(environment));
    }

    public String fhirBase() {
        return serverRoot() + "/fhir";
    }

    public String serverRoot() {
        return "http://127.0.0.1:" + ports.server();
    }

    public String keycloakRoot() {
        return "http://127.0.0.1:" + ports.keycloak();
    }

    /** Origin of the example app, {@code http://127.0.0.1:8765}. */
    public String appRoot() {
        return "http://127.0.0.1:" + ports.app();
    }

    /** The one address to which the login server sends people of the demo's app back. */
    public URI appRedirect() {
        return URI.create(appRoot() + "/callback");
    }

    public String issuer() {
        return keycloakRoot() + "/realms/sinusnode";
    }
}
