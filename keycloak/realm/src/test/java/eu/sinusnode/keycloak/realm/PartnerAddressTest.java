package eu.sinusnode.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.policy.access.CallerKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://keys.partner.example/jwks.json",
                "https://keys.partner.example:8443/jwks.json",
                "https://93.184.215.14/jwks.json",
                "https://[2606:2800:21f:cb07::1]/jwks.json",
                "http://127.0.0.1:9000/jwks.json",
                "http://localhost:9000/jwks.json",
                "http://[::1]:9000/jwks.json"
            })
    void partnersAreCalledOverHttpsAndOwnTrialsOnLoopback(String address) {
        assertThat(PartnerAddress.checked(URI.create(address), "It")).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.partner.example/jwks.json",
                "ftp://127.0.0.1/jwks.json",
                "file:///etc/passwd",
                "https:jwks.json",
                "https://user:word@keys.partner.example/jwks.json",
                "https://keys.partner.example/jwks.json#x",
                "https://10.0.0.1/jwks.json",
                "https://172.16.0.1/jwks.json",
                "https://192.168.0.1/jwks.json",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/jwks.json",
                "https://0.0.0.0/jwks.json",
                "https://224.0.0.1/jwks.json",
                "https://[fd00::1]/jwks.json",
                "https://[fe80::1]/jwks.json",
                "https://[::ffff:10.0.0.1]/jwks.json",
                "https://167772161/jwks.json"
            })
    void whatLiesInsideANetworkIsNotCalled(String address) {
        assertThatThrownBy(() -> PartnerAddress.checked(URI.create(address), "It"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("It ");
    }

    @Test
    void keysAreCheckedWhenTheyAreRegistered() {
        assertThatThrownBy(() -> ClientKeys.at(URI.create("https://192.168.0.1/here"), ClientKeys.ES384))
                .hasMessageContaining("192.168.0.1");
    }

    /** A file that cannot be read would keep the system from starting, and no command could mend it. */
    @Test
    void whatAnEarlierVersionWroteDownIsStillRead(@TempDir Path folder) throws Exception {
        URI inside = URI.create("https://192.168.0.1/here");
        Registrations earlier = Registrations.none()
                .with(new Registrations.Client(
                        new ClientRegistration.App(
                                "portal",
                                "Portal",
                                "DE",
                                Set.of(CallerKind.PATIENT),
                                List.of("https://app.example/back"),
                                inside),
                        null))
                .with(new Registrations.Client(
                        new ClientRegistration.Backend("clinic", "Clinic", "DE", CallerKind.CLINIC_SYSTEM, "org"),
                        new ClientKeys(ClientKeys.ES384, null, inside)));
        Path file = folder.resolve("registrations.json");
        earlier.write(file);

        assertThat(Registrations.read(file)).isEqualTo(earlier);
    }
}
