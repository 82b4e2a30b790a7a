package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.server.http.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An export outlives the run that works on it, and nothing outlives the export. */
class BulkExportDurabilityIT extends RunningServer {

    private static final Path EXPORTS = HOME.resolve("exports");

    @Autowired
    DataSource dataSource;

    @Test
    void anotherRunGoesOnWhereOneHasLostItsExport() throws SQLException {
        ExportWorld world = patients("export-resumed");
        ExportClient client = new ExportClient(world.clinicToken());
        String url;
        UUID job;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The run stands still before it can write its first ranges down …
            statement.execute("LOCK TABLE sinusnode.export_reference IN ACCESS EXCLUSIVE MODE");
            url = client.started("/$export?_type=Patient,Observation");
            job = UUID.fromString(BulkExportAttackIT.job(url));
            await(() -> read(job, "patients IS NOT NULL"));
            assertThat(client.status(url).header("X-Progress")).hasValueSatisfying(progress -> assertThat(progress)
                    .matches("\\d of 5 patients read \\(\\d+ %\\)"));
            // … and meanwhile its export is somebody else's, who has died.
            statement.executeUpdate("UPDATE sinusnode.export_job SET worker = gen_random_uuid(), lease_until = now()"
                    + " WHERE job = '" + job + "'");
            connection.commit();
        }
        JsonNode manifest = client.manifest(url);

        assertThat(ExportClient.ids(client.resources(manifest).of("Patient")))
                .containsExactlyInAnyOrderElementsOf(world.patients());
        assertThat(client.resources(manifest).of("Observation")).hasSize(10);
    }

    @Test
    void afterACheckpointOnlyTheRestIsReadAndTheFilesOfBeforeStay() throws SQLException {
        ExportWorld world = patients("export-continued");
        ExportClient client = new ExportClient(world.clinicToken());
        String url = client.started("/$export?_type=Patient");
        JsonNode first = client.manifest(url);
        UUID job = UUID.fromString(BulkExportAttackIT.job(url));
        List<String> files = ExportClient.files(first).of("Patient");
        // As a process leaves it that is killed when four of five patients stand in its first file.
        String firstFile = files.stream()
                .filter(file -> client.lines(file).size() == 4)
                .findFirst()
                .orElseThrow();
        database.update(
                "DELETE FROM sinusnode.export_file WHERE job = ? AND file <> ?::uuid",
                job,
                firstFile.substring(firstFile.indexOf("&file=") + 6));
        leftAfter(job, world.patients().get(3), 4);

        JsonNode resumed = client.manifest(url);

        assertThat(ExportClient.files(resumed).of("Patient"))
                .contains(firstFile)
                .hasSize(2);
        assertThat(ExportClient.ids(client.resources(resumed).of("Patient")))
                .containsExactlyInAnyOrderElementsOf(world.patients());
    }

    /** Each block once and whole, also those of patients behind whom the run of before was killed. */
    @Test
    void anotherRunGoesOnWithTheNextPatientsBlock() {
        ExportWorld world = patients("export-blocks");
        ExportClient client = new ExportClient(world.clinicToken());
        String url = client.started("/$export?organizeOutputBy=Patient");
        JsonNode first = client.manifest(url);
        ExportedBlocks before = ExportedBlocks.of(client, first);
        UUID job = UUID.fromString(BulkExportAttackIT.job(url));
        String kept = keepOnlyTheFileOfFour(job, client, first);
        leftAfter(job, world.patients().get(3), 4);

        JsonNode resumed = client.manifest(url);

        assertThat(resumed.get("output"))
                .hasSize(2)
                .anySatisfy(file -> assertThat(file.get("url").asText()).isEqualTo(kept));
        ExportedBlocks after = ExportedBlocks.of(client, resumed);
        assertThat(after.patients()).containsExactlyInAnyOrderElementsOf(world.patients());
        world.patients().forEach(patient -> assertThat(after.of(patient))
                .containsExactlyInAnyOrderElementsOf(before.of(patient)));
    }

    @Test
    void anotherRunGoesOnWithTheNamedAlone() {
        ExportWorld world = patients("export-named");
        ExportClient client = new ExportClient(world.clinicToken());
        Parameters body = new Parameters();
        List<String> named = List.of(
                world.patients().get(1),
                world.patients().get(2),
                world.patients().get(4));
        named.forEach(patient -> body.addParameter("patient", new Reference("Patient/" + patient)));
        body.addParameter("_type", new StringType("Patient"));
        String url = client.posted("/Patient/$export", body)
                .header("Content-Location")
                .orElseThrow();
        client.manifest(url);
        UUID job = UUID.fromString(BulkExportAttackIT.job(url));
        database.update("DELETE FROM sinusnode.export_file WHERE job = ?", job);
        leftAfter(job, world.patients().get(1), 1);

        JsonNode resumed = client.manifest(url);

        assertThat(ExportClient.ids(client.resources(resumed).of("Patient")))
                .as("the first one stood in a file of before")
                .containsExactly(named.get(1), named.get(2));
    }

    private String keepOnlyTheFileOfFour(UUID job, ExportClient client, JsonNode manifest) {
        for (JsonNode file : manifest.get("output")) {
            String url = file.get("url").asText();
            if (ExportedBlocks.of(List.of(client.lines(url))).patients().size() == 4) {
                database.update(
                        "DELETE FROM sinusnode.export_file WHERE job = ? AND file <> ?::uuid",
                        job,
                        url.substring(url.indexOf("&file=") + 6));
                return url;
            }
        }
        throw new AssertionError("No file has four patients.");
    }

    @Test
    void itStartsOverWhereTheFilesOfBeforeAreNot() throws IOException {
        ExportWorld world = patients("export-restarted");
        ExportClient client = new ExportClient(world.clinicToken());
        String url = client.started("/$export?_type=Patient");
        client.manifest(url);
        UUID job = UUID.fromString(BulkExportAttackIT.job(url));
        deleteFiles(job);
        leftAfter(job, world.patients().get(3), 4);

        JsonNode again = client.manifest(url);

        assertThat(ExportClient.ids(client.resources(again).of("Patient")))
                .containsExactlyInAnyOrderElementsOf(world.patients());
    }

    private void leftAfter(UUID job, String patient, int read) {
        database.update(
                "UPDATE sinusnode.export_job SET state = 'running', worker = gen_random_uuid(), lease_until = now(),"
                        + " after_patient = ?::uuid, patients_read = ? WHERE job = ?",
                patient,
                read,
                job);
    }

    @Test
    void aCancelledExportLeavesNothing() throws SQLException {
        ExportWorld world = patients("export-cancelled");
        ExportClient client = new ExportClient(world.clinicToken());
        String done = client.started("/$export?_type=Patient");
        String file = ExportClient.files(client.manifest(done)).of("Patient").get(0);
        assertThat(folder(done)).exists();

        assertThat(client.cancel(done).status()).isEqualTo(202);

        assertThat(client.status(done).status()).isEqualTo(404);
        assertThat(client.status(file).status()).isEqualTo(404);
        assertThat(folder(done)).doesNotExist();

        String running;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE sinusnode.export_file IN SHARE MODE");
            running = client.started("/$export?_type=Patient");
            UUID job = UUID.fromString(BulkExportAttackIT.job(running));
            await(() -> read(job, "patients IS NOT NULL"));
            // The run waits with its checkpoint; the export goes.
            statement.executeUpdate("DELETE FROM sinusnode.export_job WHERE job = '" + job + "'");
            connection.commit();
        }
        assertThat(client.status(running).status()).isEqualTo(404);
        await(() -> !Files.exists(folder(running)));
    }

    @Test
    void anExpiredExportIsGoneAtOnceAndItsFilesSoon() {
        ExportWorld world = patients("export-expired");
        ExportClient client = new ExportClient(world.clinicToken());
        String url = client.started("/$export?_type=Patient");
        String file = ExportClient.files(client.manifest(url)).of("Patient").get(0);
        database.update(
                "UPDATE sinusnode.export_job SET expires = ? WHERE job = ?",
                Timestamp.from(Instant.now().minusSeconds(1)),
                UUID.fromString(BulkExportAttackIT.job(url)));

        assertThat(client.status(url).status()).isEqualTo(404);
        assertThat(client.status(file).status()).isEqualTo(404);
        await(() -> !Files.exists(folder(url)));
    }

    @Test
    void whatBelongsToNoExportIsSweptAway() throws IOException {
        Path stray = Files.createDirectories(EXPORTS.resolve(UUID.randomUUID().toString()));
        Files.writeString(stray.resolve(UUID.randomUUID().toString()), "left behind");
        await(() -> !Files.exists(stray));
    }

    @Test
    void anExportThatCannotBeMadeEndsInWords() {
        ExportWorld world = patients("export-failed");
        ExportClient client = new ExportClient(world.clinicToken());
        String url = client.started("/$export?_type=Patient");
        client.manifest(url);
        database.update(
                "UPDATE sinusnode.export_job SET state = 'failed' WHERE job = ?",
                UUID.fromString(BulkExportAttackIT.job(url)));

        assertThat(client.status(url).status()).isEqualTo(500);
        assertThat(client.status(url).codes()).containsExactly("SN-EXPORT-005");
    }

    private static ExportWorld patients(String name) {
        ExportWorld world = new ExportWorld(name);
        for (String who : List.of("a", "b", "c", "d", "e")) {
            world.patient(who);
        }
        return world;
    }

    private boolean read(UUID job, String condition) {
        Integer found = database.queryForObject(
                "SELECT count(*) FROM sinusnode.export_job WHERE job = ? AND " + condition, Integer.class, job);
        return found != null && found == 1;
    }

    private static Path folder(String url) {
        return EXPORTS.resolve(BulkExportAttackIT.job(url));
    }

    private static void deleteFiles(UUID job) throws IOException {
        try (Stream<Path> files = Files.list(EXPORTS.resolve(job.toString()))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static void await(BooleanSupplier happened) {
        Instant latest = Instant.now().plus(Duration.ofMinutes(2));
        while (!happened.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(latest);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted.", e);
            }
        }
    }
}
