package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.home.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's commands work as written: they are run from it, with another port. */
@ExtendWith(SystemExtension.class)
class ReadmeIT {

    /** A paragraph that begins with bold words, and the commands that follow it. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "^\\*\\*([^*\\n]+)\\*\\*[^\\n]*\\n\\n```bash\\n(.*?)```", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern COMMAND = Pattern.compile("^curl .*?(?<!\\\\)$", Pattern.MULTILINE | Pattern.DOTALL);

    /** What the README says of each answer; an example without an entry here fails the test. */
    private static final Map<String, List<Consumer<JsonNode>>> SAID = said();

    @Test
    void everyExampleAnswersWhatTheReadmeSays(RunningSystem system) throws Exception {
        Map<String, List<String>> examples = examples(system);
        assertThat(examples.keySet()).containsExactlyInAnyOrderElementsOf(SAID.keySet());
        forgoBuilding(system);

        for (Map.Entry<String, List<String>> example : examples.entrySet()) {
            List<Consumer<JsonNode>> expectations = SAID.getOrDefault(example.getKey(), List.of());
            assertThat(example.getValue()).as(example.getKey()).hasSameSizeAs(expectations);
            for (int i = 0; i < expectations.size(); i++) {
                JsonNode answer =
                        RunningSystem.json(run(system, example.getValue().get(i)));
                expectations.get(i).accept(answer);
            }
        }
    }

    private static Map<String, List<Consumer<JsonNode>>> said() {
        Map<String, List<Consumer<JsonNode>>> said = new LinkedHashMap<>();
        said.put("What the server offers", List.of(ofType("CapabilityStatement"), smart -> assertThat(
                        smart.path("token_endpoint").asText())
                .endsWith("/token")));
        said.put("A clinic's system", List.of(bundleOf(2)));
        said.put("A clinician", List.of(flags -> {
            assertThat(flags.path("entry")).isNotEmpty();
            assertThat(flags.findValuesAsText("text")).anyMatch(text -> text.length() > 40);
        }));
        said.put("An insurer", List.of(bundleOf(2), ofType("OperationOutcome")));
        said.put("An insurer registered outside the EU", List.of(refusal -> assertThat(refusal.toString())
                .contains("SN-RESIDENCY-001")));
        said.put("An app", List.of(firstResource("Consent")));
        said.put("An auditor", List.of(firstResource("AuditEvent")));
        return said;
    }

    private static Consumer<JsonNode> ofType(String type) {
        return resource -> assertThat(resource.path("resourceType").asText()).isEqualTo(type);
    }

    private static Consumer<JsonNode> firstResource(String type) {
        return bundle -> ofType(type).accept(bundle.path("entry").path(0).path("resource"));
    }

    private static Consumer<JsonNode> bundleOf(int entries) {
        return bundle -> {
            assertThat(bundle.path("resourceType").asText()).isEqualTo("Bundle");
            assertThat(bundle.path("entry")).hasSize(entries);
        };
    }

    private static Map<String, List<String>> examples(RunningSystem system) throws IOException {
        String readme = Files.readString(repository(system).resolve("README.md"));
        Map<String, List<String>> examples = new LinkedHashMap<>();
        Matcher example = EXAMPLE.matcher(readme);
        while (example.find()) {
            List<String> commands = new ArrayList<>();
            Matcher command = COMMAND.matcher(example.group(2));
            while (command.find()) {
                commands.add(command.group()
                        .replace("http://127.0.0.1:8080", system.installation().serverRoot()));
            }
            examples.put(example.group(1), commands);
        }
        return examples;
    }

    /** The commands call ./sinusnode; it must not build under the feet of the build that runs this test. */
    private static void forgoBuilding(RunningSystem system) throws IOException {
        Files.writeString(system.installation().home().root().resolve("build-stamp"), repository(system) + "\n");
    }

    private static String run(RunningSystem system, String command) throws Exception {
        Path errors = Files.createTempFile("readme", ".err");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", command)
                .directory(repository(system).toFile())
                .redirectError(errors.toFile());
        Ports ports = system.installation().ports();
        bash.environment()
                .putAll(Map.of(
                        "SINUSNODE_HOME", system.installation().home().root().toString(),
                        "SINUSNODE_PORT", Integer.toString(ports.server()),
                        "SINUSNODE_KEYCLOAK_PORT", Integer.toString(ports.keycloak()),
                        "SINUSNODE_KEYCLOAK_MANAGEMENT_PORT", Integer.toString(ports.keycloakManagement()),
                        "SINUSNODE_POSTGRES_PORT", Integer.toString(ports.postgres()),
                        "SINUSNODE_APP_PORT", Integer.toString(ports.app())));
        Process process = bash.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(command + "\n" + Files.readString(errors))
                .isZero();
        Files.delete(errors);
        return answer;
    }

    private static Path repository(RunningSystem system) {
        return system.installation().programs().repository();
    }
}
