package eu.sinusnode.keycloak.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
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

    @Test
    void aSecondRunFindsTheSame() throws IOException {
        Path home = temp.resolve("secrets");
        Secrets first = Secrets.in(home);
        Map<String, String> passwords = first.userPasswords(List.of("patient-1", "auditor"));
        ECKey key = first.clientKey("insurer");
        String admin = first.password("keycloak-admin");

        Secrets second = Secrets.in(home);
        assertThat(second.userPasswords(List.of("patient-1", "auditor"))).isEqualTo(passwords);
        assertThat(second.clientKey("insurer").toJSONString()).isEqualTo(key.toJSONString());
        assertThat(second.password("keycloak-admin")).isEqualTo(admin);
    }

    @Test
    void aNewPersonGetsAPasswordAndTheOthersKeepTheirs() throws IOException {
        Secrets secrets = Secrets.in(temp);
        String before = secrets.userPasswords(List.of("patient-1")).get("patient-1");
        Map<String, String> after = secrets.userPasswords(List.of("patient-2"));
        assertThat(after).containsEntry("patient-1", before).containsKey("patient-2");
        assertThat(after.get("patient-2")).hasSize(24).isNotEqualTo(before);
    }

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        Path home = temp.resolve("secrets");
        Secrets secrets = Secrets.in(home);
        secrets.userPasswords(List.of("patient-1"));
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
