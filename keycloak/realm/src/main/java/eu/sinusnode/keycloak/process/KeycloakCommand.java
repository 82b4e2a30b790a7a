package eu.sinusnode.keycloak.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keycloak's script with the arguments and the environment that it is to see, and no other settings of the user's. */
final class KeycloakCommand {

    private static final String HEAP = "-Xms128m -Xmx512m";
    /** On few cores the serial collector costs less than the parallel ones of Keycloak's default. */
    private static final String COLLECTOR = "-XX:-UseG1GC -XX:+UseSerialGC";

    /** Our own provider: Keycloak's takes minutes for the realm's many scopes. */
    private static final String IMPORT = "sinusnode-realm-file";

    private KeycloakCommand() {}

    static ProcessBuilder of(KeycloakDistribution distribution, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(distribution.script().toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(distribution.home().toFile());
        Map<String, String> environment = builder.environment();
        forgetForeignSettings(environment);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", HEAP);
        environment.put("JAVA_OPTS_APPEND", COLLECTOR);
        return builder;
    }

    /** The realm file is imported when the database holds no such realm; one that is there is left alone. */
    static ProcessBuilder start(KeycloakDistribution distribution, KeycloakSettings settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + settings.port(),
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + settings.managementPort(),
                "--hostname=" + settings.base(),
                "--cache=local",
                // Each poll of the readiness would be a line otherwise, and so would each question whether a token
                // stands.
                "--log-level=info,io.smallrye.health:warn,"
                        + "org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider:error"));
        // As 'kc.sh import' sets them: import and start in one go instead of two of 20 s each.
        arguments.add("-Dkeycloak.migration.action=import");
        arguments.add("-Dkeycloak.migration.provider=" + IMPORT);
        arguments.add("-Dkeycloak.migration.file=" + settings.realmFile().toAbsolutePath());
        ProcessBuilder builder = of(distribution, arguments);
        // A session of its own: Ctrl-C in the launcher's terminal is not meant for Keycloak.
        onPath("setsid").ifPresent(setsid -> builder.command().add(0, setsid.toString()));
        Map<String, String> environment = builder.environment();
        environment.putAll(settings.database().environment());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakSettings.ADMIN);
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", settings.adminPassword());
        if (!settings.jvmOptions().isEmpty()) {
            environment.merge("JAVA_OPTS_APPEND", String.join(" ", settings.jvmOptions()), (a, b) -> a + " " + b);
        }
        return builder;
    }

    /** Settings for another Keycloak, or for this Java process, that the user's shell may carry. */
    static void forgetForeignSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_"));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
