package eu.sinusnode.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Parameters;

/** What a bulk client does, step by step. */
public record ExportClient(String token) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What there is of each type; of a type that is not there, nothing. */
    public record ByType<T>(Map<String, List<T>> map) {
        public List<T> of(String type) {
            return map.getOrDefault(type, List.of());
        }

        public Set<String> types() {
            return map.keySet();
        }

        private void add(String type, List<T> some) {
            map.computeIfAbsent(type, none -> new ArrayList<>()).addAll(some);
        }
    }

    Answer kickOff(String path) {
        return RunningServer.send(RunningServer.request(path, token)
                .header("Prefer", "respond-async")
                .header("Accept", "application/fhir+json")
                .GET());
    }

    /** @return the status URL */
    public String started(String path) {
        Answer answer = kickOff(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.header("Content-Location").orElseThrow();
    }

    Answer status(String url) {
        return RunningServer.get(url, token);
    }

    Answer cancel(String url) {
        return RunningServer.send(RunningServer.request(url, token).method("DELETE", BodyPublishers.noBody()));
    }

    /** Asks until there is something else than 202. */
    Answer ended(String url) {
        Instant latest = Instant.now().plus(PATIENCE);
        while (true) {
            Answer answer = status(url);
            if (answer.status() != 202 || Instant.now().isAfter(latest)) {
                return answer;
            }
            assertThat(answer.header("X-Progress")).isPresent();
            assertThat(answer.header("Retry-After"))
                    .hasValueSatisfying(seconds -> assertThat(seconds).matches("[0-9]+"));
            pause();
        }
    }

    public JsonNode manifest(String url) {
        Answer answer = ended(url);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    /** A kick-off with the parameters in its body. */
    Answer posted(String path, Parameters body) {
        return posted(path, body, "respond-async");
    }

    Answer posted(String path, Parameters body, String preference) {
        return RunningServer.send(RunningServer.request(path, token)
                .header("Prefer", preference)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(RunningServer.json(body))));
    }

    /** Every line of records, file by file. */
    List<List<JsonNode>> outputs(JsonNode manifest) {
        List<List<JsonNode>> files = new ArrayList<>();
        manifest.get("output").forEach(file -> files.add(lines(file.get("url").asText())));
        return files;
    }

    /** By type, the URLs of the manifest's files; one that holds several has an empty type. */
    static ByType<String> files(JsonNode manifest) {
        ByType<String> files = new ByType<>(new TreeMap<>());
        manifest.get("output")
                .forEach(file -> files.add(
                        file.path("type").asText(), List.of(file.get("url").asText())));
        return files;
    }

    /** By type, every resource of every file. */
    ByType<JsonNode> resources(JsonNode manifest) {
        ByType<JsonNode> resources = new ByType<>(new TreeMap<>());
        files(manifest).map().forEach((type, urls) -> urls.forEach(url -> resources.add(type, lines(url))));
        return resources;
    }

    /** What the manifest's files of deletions name, {@code Type/id}. */
    List<String> deleted(JsonNode manifest) {
        List<String> deleted = new ArrayList<>();
        for (JsonNode file : manifest.get("deleted")) {
            assertThat(file.get("type").asText()).isEqualTo("Bundle");
            for (JsonNode line : lines(file.get("url").asText())) {
                assertThat(line.get("resourceType").asText()).isEqualTo("Bundle");
                assertThat(line.get("type").asText()).isEqualTo("transaction");
                for (JsonNode entry : line.get("entry")) {
                    assertThat(entry.at("/request/method").asText()).isEqualTo("DELETE");
                    assertThat(entry.has("resource")).isFalse();
                    deleted.add(entry.at("/request/url").asText());
                }
            }
        }
        return deleted;
    }

    /** The whole way, from the kick-off to the resources. */
    public ByType<JsonNode> export(String path) {
        return resources(manifest(started(path)));
    }

    List<JsonNode> lines(String url) {
        Answer answer = RunningServer.get(url, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+ndjson"));
        return answer.body().lines().map(ExportClient::json).toList();
    }

    public static List<String> ids(List<JsonNode> resources) {
        return resources.stream().map(resource -> resource.get("id").asText()).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }
}
