package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;

/** Imports files of one client's folder. */
final class ImportClient {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String token;
    private final Path folder;

    /** @param client its id, which names its folder */
    ImportClient(String token, String client) {
        this.token = token;
        this.folder = RunningServer.IMPORTS.resolve(client);
    }

    static ImportClient ofClinic(String organization) {
        return new ImportClient(RunningServer.TOKENS.clinicSystem(organization), "test-clinic-system");
    }

    static ImportClient ofLoader() {
        return new ImportClient(RunningServer.TOKENS.loader(), "test-administrator");
    }

    /** One line a record. */
    ImportClient file(String name, Resource... records) {
        return lines(name, Arrays.stream(records).map(RunningServer::json).toArray(String[]::new));
    }

    ImportClient lines(String name, String... lines) {
        return bytes(
                name,
                Arrays.stream(lines)
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
    }

    ImportClient bytes(String name, byte[] content) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("A file to be imported cannot be written.", e);
        }
    }

    static Parameters order(String... typesAndNames) {
        Parameters order = new Parameters();
        order.addParameter("inputFormat", new CodeType("application/fhir+ndjson"));
        for (int i = 0; i < typesAndNames.length; i += 2) {
            ParametersParameterComponent input = order.addParameter().setName("input");
            input.addPart().setName("type").setValue(new CodeType(typesAndNames[i]));
            input.addPart().setName("url").setValue(new UriType(typesAndNames[i + 1]));
        }
        return order;
    }

    Answer kickOff(Parameters order) {
        return RunningServer.send(RunningServer.request("/$import", token)
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(RunningServer.json(order))));
    }

    /** @return the status URL */
    String started(String... typesAndNames) {
        Answer answer = kickOff(order(typesAndNames));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.header("Content-Location").orElseThrow();
    }

    Answer status(String url) {
        return RunningServer.get(url, token);
    }

    Answer cancel(String url) {
        return RunningServer.send(RunningServer.request(url, token).method("DELETE", BodyPublishers.noBody()));
    }

    /** The manifest, when it is over. */
    JsonNode ended(String url) {
        Instant latest = Instant.now().plus(PATIENCE);
        while (true) {
            Answer answer = status(url);
            if (answer.status() != 202) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                return json(answer.body());
            }
            assertThat(answer.header("X-Progress")).isPresent();
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(Instant.now()).as("when the import ends").isBefore(latest);
            pause();
        }
    }

    JsonNode imported(String... typesAndNames) {
        return ended(started(typesAndNames));
    }

    /** {@code state created/there/refused} of each file. */
    static List<String> counts(JsonNode manifest) {
        return manifest.get("output").findParents("inputUrl").stream()
                .map(file -> file.get("state").asText() + " " + file.get("count") + "/" + file.get("alreadyThere") + "/"
                        + file.get("refused"))
                .toList();
    }

    /** {@code line code element …} of each refused line of the first file that has some. */
    List<String> refused(JsonNode manifest) {
        return errors(manifest)
                .lines()
                .map(ImportClient::json)
                .map(outcome -> {
                    JsonNode issue = outcome.at("/issue/0");
                    return outcome.get("id").asText().replace("line-", "") + " "
                            + issue.at("/details/coding/0/code").asText()
                            + (issue.has("expression")
                                    ? " " + issue.at("/expression/0").asText()
                                    : "");
                })
                .toList();
    }

    String errors(JsonNode manifest) {
        Answer answer = RunningServer.get(manifest.at("/error/0/url").asText(), token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + text, e);
        }
    }

    static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }
}
