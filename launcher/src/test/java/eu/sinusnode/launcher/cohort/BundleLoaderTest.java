package eu.sinusnode.launcher.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.progress.StreamProgress;
import eu.sinusnode.sampledata.CohortFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleLoaderTest {

    @TempDir
    private Path directory;

    private final FakeFhirServer server = new FakeFhirServer();

    @BeforeEach
    void writeCohort() throws IOException {
        Files.createDirectories(directory.resolve("bundles"));
        write("00000-base.json", entry("Organization", "o", ""));
        for (int patient = 1; patient <= 20; patient++) {
            String id = "p" + patient;
            write("%06d-000.json".formatted(patient), entry("Patient", id, "") + "," + entry("CarePlan", id, ""));
            // The same reading arrives twice.
            write("%06d-001.json".formatted(patient), vital(id + "-a") + "," + vital(id + "-b"));
            write("%06d-002.json".formatted(patient), vital(id + "-b") + "," + vital(id + "-c"));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sendsTheBaseFirstAndEachPatientsBundlesInOrder() {
        LoadFigures figures = load();

        assertThat(figures).isEqualTo(new LoadFigures(20, 60, 20, 101, 101));
        assertThat(server.received()).hasSize(61).first().isEqualTo("Organization/o");
        for (int patient = 1; patient <= 20; patient++) {
            String id = "p" + patient;
            assertThat(server.received())
                    .containsSubsequence("Patient/" + id, "Observation/" + id + "-a", "Observation/" + id + "-b");
        }
    }

    @Test
    void doesNotSendAConfirmedPatientAgain() {
        LoadFigures first = load();
        LoadFigures second = load();

        assertThat(server.received())
                .as("the base confirms that it is the same database")
                .hasSize(62);
        assertThat(second).isEqualTo(new LoadFigures(20, 60, 20, 101, 0));
        assertThat(second.vitals()).isEqualTo(first.vitals());
    }

    @Test
    void sendsEverythingToANewDatabase() {
        load();
        server.wipe();

        assertThat(load().created()).isEqualTo(101);
        assertThat(server.received()).hasSize(61);
    }

    @Test
    void sendsAPatientWhoseRecordChanged() throws IOException {
        load();
        write("000007-001.json", vital("p7-new"));

        assertThat(load().created()).isEqualTo(1);
        assertThat(server.received()).hasSize(61 + 1 + 3);
    }

    @Test
    void tellsWhichBundleWasRefusedAndWhyAndGoesOnLater() throws IOException {
        String good = Files.readString(directory.resolve("bundles").resolve("000003-001.json"));
        write(
                "000003-001.json",
                "{\"resource\":{\"resourceType\":\"Observation\",\"status\":\"impossible\"},"
                        + "\"request\":{\"method\":\"PUT\",\"url\":\"Observation/x\"}}");

        assertThatThrownBy(this::load)
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("000003-001.json")
                .hasMessageContaining("422")
                .hasMessageContaining("SN-PROFILE-001");

        Files.writeString(directory.resolve("bundles").resolve("000003-001.json"), good);
        assertThat(load().patients()).isEqualTo(20);
    }

    @Test
    void triesAgainWhenTheServerIsBrieflyUnavailable() {
        server.becomeUnavailable(2);

        assertThat(load().patients()).isEqualTo(20);
    }

    private LoadFigures load() {
        PrintStream silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (StreamProgress progress = new StreamProgress(silent, false);
                Progress.Task task = progress.begin("Load", 20)) {
            return new BundleLoader(new BundleSender(server.endpoint()), directory.resolve("ledger.txt"))
                    .load(new CohortFiles(directory), task);
        }
    }

    private void write(String name, String entries) throws IOException {
        Files.writeString(
                directory.resolve("bundles").resolve(name),
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[" + entries + "]}");
    }

    private static String vital(String id) {
        return entry("Observation", id, ",\"category\":[{\"coding\":[{\"code\":\"vital-signs\"}]}]");
    }

    private static String entry(String type, String id, String more) {
        return "{\"resource\":{\"resourceType\":\"%s\",\"id\":\"%s\"%s},\"request\":{\"method\":\"PUT\",\"url\":\"%s/%s\"}}"
                .formatted(type, id, more, type, id);
    }
}
