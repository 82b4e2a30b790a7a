package eu.sinusnode.keycloak.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeycloakCommandTest {

    private final KeycloakSettings settings = new KeycloakSettings(
            Path.of("/home/x/keycloak"),
            Path.of("/home/x/run/keycloak.pid"),
            Path.of("/home/x/logs/keycloak.log"),
            8081,
            9001,
            new KeycloakDatabase.Postgres("jdbc:postgresql://127.0.0.1:54329/keycloak", "keycloak", "db-secret"),
            "admin-secret",
            List.of("-Dx=y"),
            Duration.ofMinutes(1));

    private final ProcessBuilder start =
            KeycloakCommand.start(new KeycloakDistribution(Path.of("/kc"), "print"), settings);

    @Test
    void secretsAreInTheEnvironmentAndNotOnTheCommandLine() {
        assertThat(String.join(" ", start.command())).doesNotContain("secret");
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(start.environment())
                .containsEntry("KC_DB_PASSWORD", "db-secret")
                .containsEntry("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin-secret");
    }

    @Test
    void listensOnLoopbackAlone() {
        assertThat(start.command())
                .contains("--http-host=127.0.0.1", "--http-management-host=127.0.0.1", "--cache=local")
                .contains("--hostname=http://127.0.0.1:8081");
    }

    @Test
    void theUsersOwnKeycloakSettingsStayOutside() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KC_DB", "mysql", "KC_HTTP_HOST", "0.0.0.0", "JAVA_OPTS", "-Xmx9g", "PATH", "/bin", "HOME", "/home/x"));
        KeycloakCommand.forgetForeignSettings(environment);
        assertThat(environment).containsOnlyKeys("PATH", "HOME");
    }

    @Test
    void runsOnTheSameJavaWithASmallHeap() {
        assertThat(start.environment())
                .containsEntry("JAVA_HOME", System.getProperty("java.home"))
                .containsEntry("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
        assertThat(start.environment().get("JAVA_OPTS_APPEND")).endsWith("-Dx=y");
    }

    @Test
    void theRealmFileIsImportedByOurOwnProviderWhichLeavesARealmAloneThatIsThere() {
        assertThat(String.join(" ", start.command()))
                .contains("keycloak.migration.provider=sinusnode-realm-file", "/home/x/keycloak/realm.json")
                .doesNotContain("singleFile", "strategy");
    }
}
