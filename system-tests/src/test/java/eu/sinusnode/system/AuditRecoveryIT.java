package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What left the server is in the audit, although the server was killed while it answered. */
@ExtendWith(SystemExtension.class)
class AuditRecoveryIT {

    private static final int READERS = 4;
    private static final int ANSWERS_BEFORE_THE_KILL = 300;
    private static final int IDS_A_SEARCH = 20;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void everyAnswerAndEveryRefusalBeforeTheKillIsAudited(RunningSystem system) throws Exception {
        String token = system.parts().callers().token("patient-1");
        String base = system.installation().fhirBase();
        String own = base + "/Patient/" + system.persona(1).id();
        String hidden = base + "/Patient/" + system.persona(2).id();
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        List<Future<?>> running = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            int number = reader;
            running.add(readers.submit(() -> read(number, own, hidden, token, answered, refused)));
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
    private static void read(
            int reader, String own, String hidden, String token, Queue<String> answered, AtomicInteger refused) {
        for (int i = 0; ; i++) {
            String id = "killed-" + reader + "-" + i;
            boolean visible = i % 3 != 0;
            HttpRequest request = HttpRequest.newBuilder(URI.create(visible ? own : hidden))
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + token)
                    .header("X-Request-Id", id)
                    .build();
            try {
                int status = HTTP.send(request, BodyHandlers.ofByteArray()).statusCode();
                assertThat(status).isEqualTo(visible ? 200 : 404);
            } catch (IOException gone) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            answered.add(id);
            refused.addAndGet(visible ? 0 : 1);
        }
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
