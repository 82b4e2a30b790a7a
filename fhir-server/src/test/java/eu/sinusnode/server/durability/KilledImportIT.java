package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;

/** The server and PostgreSQL are killed in the middle of an import; each line is there once when it has ended. */
class KilledImportIT {

    private static final int KILLS = Integer.getInteger("sinusnode.kills", 3);
    private static final int LINES = 6_000;
    private static final long PATIENCE_SECONDS = 300;

    private final Random random = new Random(Long.getLong("sinusnode.kills.seed", 1));

    @Test
    void noLineIsLostOrStoredTwice() throws Exception {
        try (KillableServer server = new KillableServer()) {
            server.start();
            String patient = Records.id("killed-import");
            server.load(Records.directory());
            server.load(Records.household("killed-import"));
            Path folder = Files.createDirectories(KillableServer.IMPORTS.resolve("loader"));
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                Observation vital = Records.heartRate(patient, Records.id("killed-import-cuff"), "killed-import-" + i);
                lines.add(KillableServer.json(vital));
            }
            Files.write(folder.resolve("a.ndjson"), lines.subList(0, LINES / 2));
            Files.write(folder.resolve("b.ndjson"), lines.subList(LINES / 2, LINES));

            Answer started = server.send(server.request("/$import", Writer.loader(server))
                    .header("Prefer", "respond-async")
                    .POST(BodyPublishers.ofString(KillableServer.json(order())))
                    .build());
            assertThat(started.status()).as(started.body()).isEqualTo(202);
            String status = started.header("Content-Location").orElseThrow();
            status = status.substring(status.indexOf("/$import-status"));
            long seen = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                seen = awaitMoreThan(server, seen);
                Thread.sleep(random.nextInt(200));
                if (kill % 2 == 0) {
                    server.killServer();
                    server.startServer();
                } else {
                    server.killPostgres();
                    server.startPostgres();
                    server.awaitReady();
                }
            }
            JsonNode manifest = ended(server, status);

            long count = 0;
            for (JsonNode file : manifest.get("output")) {
                assertThat(file.get("state").asText()).isEqualTo("complete");
                assertThat(file.get("refused").asLong()).isZero();
                assertThat(file.get("alreadyThere").asLong()).isZero();
                count += file.get("count").asLong();
            }
            assertThat(count).isEqualTo(LINES);
            for (String table : List.of(
                    "hfj_resource WHERE res_type = 'Observation'",
                    "hfj_res_ver WHERE res_type = 'Observation'",
                    "sinusnode.vital_reading",
                    "sinusnode.sent_identifier")) {
                assertThat(count(server, table)).as(table).isEqualTo(LINES);
            }
        }
    }

    private static Parameters order() {
        Parameters order = new Parameters();
        for (String name : List.of("a.ndjson", "b.ndjson")) {
            var input = order.addParameter().setName("input");
            input.addPart().setName("type").setValue(new CodeType("Observation"));
            input.addPart().setName("url").setValue(new UriType(name));
        }
        return order;
    }

    private static long awaitMoreThan(KillableServer server, long before) throws Exception {
        long latest = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        long now = before;
        while (now <= before) {
            assertThat(System.nanoTime()).as("when more is stored").isLessThan(latest);
            Thread.sleep(20);
            now = count(server, "sinusnode.sent_identifier");
        }
        assertThat(now).as("the kill comes in the middle").isLessThan(LINES);
        return now;
    }

    private static long count(KillableServer server, String from) throws Exception {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static JsonNode ended(KillableServer server, String status) throws Exception {
        long latest = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (true) {
            Answer answer = server.send(
                    server.request(status, Writer.loader(server)).GET().build());
            if (answer.status() == 200) {
                return new ObjectMapper().readTree(answer.body());
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(System.nanoTime()).as("when the import ends").isLessThan(latest);
            Thread.sleep(200);
        }
    }
}
