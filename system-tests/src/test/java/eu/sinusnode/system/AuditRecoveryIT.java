package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What left the server is in the audit, although the server was killed while it answered: reads, refusals, writes, batches. */
@ExtendWith(SystemExtension.class)
class AuditRecoveryIT {

    /** What an earlier run left in the same installation is no proof. */
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);

    private static final int READERS = 4;
    private static final int ANSWERS_BEFORE_THE_KILL = 300;
    private static final int IDS_A_SEARCH = 20;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void everyAnswerAndEveryRefusalBeforeTheKillIsAudited(RunningSystem system) throws Exception {
        String token = system.parts().callers().token("patient-1");
        String base = system.installation().fhirBase();
        Requests requests =
                new Requests(base, system.persona(1).id(), system.persona(2).id(), ownVital(system), token);
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        List<Future<?>> running = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            int number = reader;
            running.add(readers.submit(() -> ask(number, requests, answered, refused)));
        }
        while (answered.size() < ANSWERS_BEFORE_THE_KILL && running.stream().noneMatch(Future::isDone)) {
            Thread.sleep(5);
        }

        kill(system);
        for (Future<?> each : running) {
            each.get();
        }
        readers.shutdown();
        system.up();

        assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_THE_KILL);
        assertThat(refused).hasPositiveValue();
        assertThat(audited(system, List.copyOf(answered))).containsAll(answered);
    }

    /** Until the server is gone. Each answer's id is kept only when the whole answer has come. */
    private static void ask(int reader, Requests requests, Queue<String> answered, AtomicInteger refused) {
        for (int i = 0; ; i++) {
            String id = "killed-" + RUN + "-" + reader + "-" + i;
            boolean hidden = i % 5 == 0;
            HttpRequest.Builder request =
                    switch (i % 5) {
                        case 0 -> requests.hidden();
                        case 1 -> requests.write(id);
                        case 2 -> requests.batch();
                        default -> requests.own();
                    };
            int wanted = hidden ? 404 : i % 5 == 1 ? 201 : 200;
            try {
                HttpResponse<String> answer =
                        HTTP.send(request.header("X-Request-Id", id).build(), BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(wanted);
            } catch (IOException gone) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            answered.add(id);
            if (i % 5 == 2) {
                // An entry of a batch is audited as a request of its own.
                answered.add(id + "-0");
                answered.add(id + "-1");
            }
            refused.addAndGet(hidden ? 1 : 0);
        }
    }

    /** What a patient asks for, and what that patient may not see. */
    private record Requests(String base, String ownId, String hiddenId, ObjectNode vital, String token) {

        HttpRequest.Builder own() {
            return request("/Patient/" + ownId).GET();
        }

        HttpRequest.Builder hidden() {
            return request("/Patient/" + hiddenId).GET();
        }

        HttpRequest.Builder write(String identifier) {
            ObjectNode fresh = vital.deepCopy();
            fresh.putArray("identifier")
                    .addObject()
                    .put("system", "https://app.example/readings")
                    .put("value", identifier);
            return posted("/Observation", fresh);
        }

        HttpRequest.Builder batch() {
            ObjectNode batch = vital.objectNode().put("resourceType", "Bundle").put("type", "batch");
            ArrayNode entries = batch.putArray("entry");
            for (String id : List.of(ownId, hiddenId)) {
                entries.addObject().putObject("request").put("method", "GET").put("url", "Patient/" + id);
            }
            return posted("", batch);
        }

        private HttpRequest.Builder posted(String path, ObjectNode body) {
            return request(path)
                    .header("Content-Type", "application/fhir+json")
                    .POST(BodyPublishers.ofString(body.toString()));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(base + path))
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + token);
        }
    }

    /** A heart rate as the patient's own app would send it again. */
    private static ObjectNode ownVital(RunningSystem system) {
        ObjectNode vital = Searches.firstPage(
                        system.as("patient-1"),
                        Searches.heartRates(system.persona(1).id()))
                .get(0)
                .deepCopy();
        vital.remove(List.of("id", "meta", "identifier", "text"));
        return vital;
    }

    /** The request ids that the auditor finds. */
    private static Set<String> audited(RunningSystem system, List<String> ids) {
        Set<String> found = new TreeSet<>();
        for (int from = 0; from < ids.size(); from += IDS_A_SEARCH) {
            String some = String.join(",", ids.subList(from, Math.min(ids.size(), from + IDS_A_SEARCH)));
            for (JsonNode event : system.as("auditor").searchAll("AuditEvent?request-id=" + some + "&_count=100")) {
                for (JsonNode entity : event.path("entity")) {
                    if (entity.path("type").path("code").asText().equals("XrequestId")) {
                        found.add(entity.path("what")
                                .path("identifier")
                                .path("value")
                                .asText());
                    }
                }
            }
        }
        return found;
    }

    private static void kill(RunningSystem system) throws IOException {
        long pid = Files.readAllLines(system.installation().home().run().resolve("server.pid")).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring("pid=".length())))
                .findFirst()
                .orElseThrow();
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }
}
