package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.keycloak.process.KeycloakDistribution;
import eu.sinusnode.keycloak.process.KeycloakException;
import eu.sinusnode.keycloak.process.KeycloakProcess;
import eu.sinusnode.keycloak.process.KeycloakSettings;
import eu.sinusnode.keycloak.realm.ClientKeys;
import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.RealmGenerator;
import eu.sinusnode.keycloak.realm.RealmModel;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.keycloak.token.BackendToken;
import eu.sinusnode.keycloak.token.Issuer;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One Keycloak's life: found again, taken over, its realm changed in place, ended after its parent was killed. */
class KeycloakProcessIT {

    private static final String REALM = "small";

    private final TestHome home = TestHome.find();
    private final Path folder = home.folder("process");

    @AfterEach
    void endKeycloak() {
        KeycloakProcess.stop(folder.resolve("keycloak.pid"));
    }

    @Test
    void isTakenOverChangedInPlaceAndEnded() throws Exception {
        Secrets secrets = Secrets.in(folder.resolve("secrets"));
        KeycloakDistribution distribution = home.distribution();
        KeycloakSettings settings = TestHome.settings(folder, secrets.password("keycloak-admin"));
        String one = realm(secrets, "payor-1");

        KeycloakProcess.startOrAdopt(distribution, settings, one, REALM);
        List<ProcessHandle> first = processes(settings);
        assertThat(first).as("the script and Java below it").hasSizeGreaterThanOrEqualTo(2);
        assertThat(token(settings, secrets, "payor-1")).containsEntry("azp", "payor-1");

        KeycloakProcess.startOrAdopt(distribution, settings, one, REALM);
        assertThat(processes(settings)).as("taken over").isEqualTo(first);

        // As after 'kill -9' of the script: Java goes on, an orphan.
        first.get(0).destroyForcibly();
        first.get(0).onExit().join();
        assertThat(KeycloakProcess.isReady(settings)).isTrue();
        KeycloakProcess.startOrAdopt(distribution, settings, realm(secrets, "payor-2"), REALM);
        assertThat(token(settings, secrets, "payor-2")).containsEntry("azp", "payor-2");
        assertThat(token(settings, secrets, "payor-1"))
                .as("a client that the file no longer names stays")
                .containsEntry("azp", "payor-1");

        List<ProcessHandle> second = processes(settings);
        assertThat(second)
                .as("the realm was changed in place, by the process that ran")
                .isEqualTo(first.subList(1, first.size()));
        assertThat(KeycloakProcess.stop(settings.pidFile())).isTrue();
        assertThat(second).noneMatch(ProcessHandle::isAlive);
        assertThat(KeycloakProcess.isReady(settings)).isFalse();
        assertThat(KeycloakProcess.stop(settings.pidFile()))
                .as("nothing is left")
                .isFalse();
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        KeycloakSettings settings = TestHome.settings(folder, "never-used-password");
        KeycloakDistribution distribution = home.distribution();
        try (ServerSocket other = new ServerSocket(settings.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> KeycloakProcess.startOrAdopt(distribution, settings, "{}", REALM))
                    .isInstanceOf(KeycloakException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " is taken");
        }
    }

    @Test
    void aRealmFileThatKeycloakCannotReadEndsInASentenceWithTheLogsEnd() {
        KeycloakSettings settings = TestHome.settings(folder, "never-used-password");
        KeycloakDistribution distribution = home.distribution();
        assertThatThrownBy(() -> KeycloakProcess.startOrAdopt(distribution, settings, "no JSON", REALM))
                .isInstanceOf(KeycloakException.class)
                .hasMessageContaining("keycloak.log");
        assertThat(KeycloakProcess.stop(settings.pidFile()))
                .as("nothing is left")
                .isFalse();
    }

    private static String realm(Secrets secrets, String clientId) throws IOException {
        ClientRegistration client =
                new ClientRegistration.Backend(clientId, "Payor", "FR", CallerKind.INSURER, "organization-1");
        return new RealmGenerator(AccessMatrix.standard())
                .generate(new RealmModel(
                        REALM,
                        TestKeycloak.FHIR_BASE,
                        List.of(client),
                        List.of(),
                        Map.of(
                                clientId,
                                ClientKeys.of(
                                        new JWKSet(secrets.clientKey(clientId).toPublicJWK()))),
                        Map.of()));
    }

    private static Map<String, Object> token(KeycloakSettings settings, Secrets secrets, String clientId)
            throws IOException {
        Issuer issuer = new Issuer(settings.issuer(REALM));
        return new BackendToken(issuer, clientId, secrets.clientKey(clientId))
                .fetch(List.of("system/Patient.rs"))
                .claims();
    }

    private static List<ProcessHandle> processes(KeycloakSettings settings) throws IOException {
        try (Stream<String> lines = Files.lines(settings.pidFile())) {
            return lines.skip(1)
                    .map(line -> Long.parseLong(line.split(" ")[0]))
                    .flatMap(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).stream())
                    .toList();
        }
    }
}
