package eu.sinusnode.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import eu.sinusnode.keycloak.token.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path temp;

    private static final Person PATIENT = Person.patient("patient-1", "p-1");
    private static final Person AUDITOR = Person.auditor("auditor", "o-1");

    @Test
    void aSecondRunFindsTheSame() throws IOException {
        Path home = temp.resolve("secrets");
        Secrets first = Secrets.in(home);
        Map<String, Login> logins = first.logins(List.of(PATIENT, AUDITOR));
        ECKey key = first.clientKey("insurer");
        String admin = first.password("keycloak-admin");

        Secrets second = Secrets.in(home);
        assertThat(second.logins(List.of(PATIENT, AUDITOR))).isEqualTo(logins);
        assertThat(second.login("auditor")).contains(logins.get("auditor"));
        assertThat(second.login("somebody")).isEmpty();
        assertThat(second.clientKey("insurer").toJSONString()).isEqualTo(key.toJSONString());
        assertThat(second.password("keycloak-admin")).isEqualTo(admin);
    }

    @Test
    void aNewPersonGetsAPasswordAndTheOthersKeepTheirs() throws IOException {
        Secrets secrets = Secrets.in(temp);
        secrets.logins(List.of(PATIENT));
        Login before = secrets.login("patient-1").orElseThrow();
        secrets.logins(List.of(AUDITOR));
        assertThat(secrets.login("patient-1")).contains(before);
        Login after = secrets.login("auditor").orElseThrow();
        assertThat(after.password()).hasSize(24).isNotEqualTo(before.password());
    }

    @Test
    void whoNeedsASecondFactorGetsOneAlsoWithAnOlderFile() throws IOException {
        Secrets secrets = Secrets.in(temp);
        Files.writeString(temp.resolve("users.json"), "{\"auditor\":\"of-old\",\"patient-1\":\"as-well\"}");
        Map<String, Login> logins = secrets.logins(List.of(PATIENT, AUDITOR));
        assertThat(logins.get("patient-1")).isEqualTo(new Login("as-well", null));
        Login auditor = secrets.login("auditor").orElseThrow();
        assertThat(auditor.password()).isEqualTo("of-old");
        assertThat(auditor.totp()).isNotNull();
        assertThat(Files.readString(temp.resolve("users.json"))).contains("\"totp\"");
    }

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        Path home = temp.resolve("secrets");
        Secrets secrets = Secrets.in(home);
        secrets.logins(List.of(PATIENT));
        secrets.clientKey("insurer");
        secrets.password("keycloak-admin");
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files).hasSize(5).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void clientKeysAreP384WithAKeyId() throws IOException {
        ECKey key = Secrets.in(temp).clientKey("insurer");
        assertThat(key.getCurve()).isEqualTo(Curve.P_384);
        assertThat(key.isPrivate()).isTrue();
        assertThat(key.getKeyID()).isNotBlank();
        assertThat(Secrets.in(temp).clientKey("loader").getKeyID()).isNotEqualTo(key.getKeyID());
    }

    @Test
    void aDamagedKeyFileIsNamedAndLeftAlone() throws IOException {
        Secrets secrets = Secrets.in(temp);
        Path file = temp.resolve("clients/insurer.jwk.json");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> secrets.clientKey("insurer"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("insurer.jwk.json is damaged");
        assertThat(file).hasContent("{");
    }
}
