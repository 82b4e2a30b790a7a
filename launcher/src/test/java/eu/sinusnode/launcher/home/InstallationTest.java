package eu.sinusnode.launcher.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.launcher.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {

    @TempDir
    private Path directory;

    @Test
    void hasStandardPortsAndAHomeBesideTheRepository() {
        Properties properties = new Properties();
        properties.setProperty("sinusnode.repository", directory.toString());

        Installation installation = Installation.of(properties, Map.of());

        assertThat(installation.fhirBase()).isEqualTo("http://127.0.0.1:8080/fhir");
        assertThat(installation.issuer()).isEqualTo("http://127.0.0.1:8081/realms/sinusnode");
        assertThat(installation.ports().postgres()).isEqualTo(54329);
        assertThat(installation.home().root()).isEqualTo(directory.resolve(".sinusnode"));
    }

    @Test
    void takesPortsFromTheEnvironment() {
        Ports ports = Ports.of(Map.of("SINUSNODE_PORT", "18080", "SINUSNODE_POSTGRES_PORT", ""));

        assertThat(ports).isEqualTo(new Ports(18080, 8443, 8081, 9001, 54329, 8765));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "-1", "99999999999"})
    void refusesWhatIsNoPort(String value) {
        assertThatThrownBy(() -> Ports.of(Map.of("SINUSNODE_PORT", value)))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("SINUSNODE_PORT is '" + value + "'");
    }

    @Test
    void takesTheAnalysisPaceAndMemoryFromTheEnvironment() {
        assertThat(JobSettings.of(Map.of("SINUSNODE_JOB_MEMORY", "")))
                .isEqualTo(new JobSettings(Duration.ofMinutes(1), "1g", ""));
        assertThat(JobSettings.of(Map.of(
                        "SINUSNODE_JOB_EVERY", "PT15M", "SINUSNODE_JOB_MEMORY", "2g", "SINUSNODE_JOB_LAND", "DE-BY")))
                .isEqualTo(new JobSettings(Duration.ofMinutes(15), "2g", "DE-BY"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EVERY=PT0.9S",
                "EVERY=PT25H",
                "EVERY=-PT1M",
                "EVERY=1m",
                "MEMORY=99m",
                "MEMORY=0g",
                "MEMORY=1g -XX:OnError=x",
                "MEMORY=lots",
                "LAND=DE-XX",
                "LAND=BY",
                "LAND=DE-BY --fhir-base=x"
            })
    void refusesAPaceOrMemoryThatCannotBe(String setting) {
        String[] parts = setting.split("=", 2);

        assertThatThrownBy(() -> JobSettings.of(Map.of("SINUSNODE_JOB_" + parts[0], parts[1])))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("SINUSNODE_JOB_" + parts[0] + " is '" + parts[1] + "'");
    }

    @Test
    void theHomeIsItsOwnersAlone() throws Exception {
        Files.createDirectory(
                directory.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Home home = new Home(directory.resolve("home"));

        home.prepare();

        for (Path part : new Path[] {home.root(), home.secrets(), home.run(), home.logs()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                    .as(part.toString())
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aProgramThatWasNotBuiltIsNamed() {
        assertThatThrownBy(() -> new Programs(directory).classPath("fhir-server"))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("fhir-server has not been built");
    }
}
