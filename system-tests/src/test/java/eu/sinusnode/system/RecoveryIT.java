package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.service.Service;
import eu.sinusnode.launcher.service.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts are killed as a power cut or the kernel's memory killer would; the next {@code up} brings them back. */
@ExtendWith(SystemExtension.class)
class RecoveryIT {

    @Test
    void whatTheServerHasAcknowledgedOutlivesItsKill(RunningSystem system) throws Exception {
        String id = writeBloodPressure(system);

        kill(pidIn(system, "server.pid"));
        assertThat(notRunning(system)).containsExactly("FHIR server");
        system.up();

        assertThat(system.as("patient-1").get("Observation/" + id).status()).isEqualTo(200);
    }

    @Test
    void whatTheServerHasAcknowledgedOutlivesPostgresKill(RunningSystem system) throws Exception {
        String id = writeBloodPressure(system);

        Path file = system.installation()
                .home()
                .root()
                .resolve("postgres")
                .resolve("data")
                .resolve("postmaster.pid");
        kill(postmaster(file));
        system.up();

        assertThat(system.as("patient-1").get("Observation/" + id).status()).isEqualTo(200);
        assertThat(Searches.firstPage(
                        system.as("clinician-1"),
                        Searches.flags(system.persona(2).id())))
                .isNotEmpty();
    }

    @Test
    void keycloakComesBackWithTheSamePeople(RunningSystem system) throws Exception {
        for (String line : Files.readAllLines(system.installation().home().run().resolve("keycloak.pid"))) {
            String[] words = line.split(" ");
            if (words.length == 2 && words[0].matches("\\d+")) {
                kill(Long.parseLong(words[0]));
            }
        }
        assertThat(notRunning(system)).containsExactly("Keycloak");
        system.up();

        String id = system.persona(4).id();
        assertThat(system.as("patient-4").get("Patient/" + id).status()).isEqualTo(200);
    }

    @Test
    void upFindsWhatRuns(RunningSystem system) throws Exception {
        system.up();
        long before = pidIn(system, "server.pid");

        system.up();

        assertThat(pidIn(system, "server.pid")).isEqualTo(before);
        assertThat(notRunning(system)).isEmpty();
    }

    /** A blood pressure that the patient measures and the server answers 201 to. */
    private static String writeBloodPressure(RunningSystem system) {
        String patient = system.persona(1).id();
        ObjectNode pressure = ((ObjectNode) Searches.firstPage(system.as("patient-1"), Searches.bloodPressures(patient))
                        .get(0))
                .deepCopy();
        pressure.remove(List.of("id", "meta", "text"));
        ((com.fasterxml.jackson.databind.node.ObjectNode)
                        pressure.path("identifier").path(0))
                .put("value", UUID.randomUUID().toString());
        Answer answer =
                system.as("patient-1").post("Observation", pressure.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    /** Apart from the scheduled analysis, which most tests do without. */
    private static List<String> notRunning(RunningSystem system) {
        Stack stack = system.parts().stack();
        return stack.services().stream()
                .filter(service -> !stack.followers().contains(service))
                .filter(service -> !service.state().running())
                .map(Service::name)
                .toList();
    }

    private static long pidIn(RunningSystem system, String file) throws IOException {
        return Files.readAllLines(system.installation().home().run().resolve(file)).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring("pid=".length())))
                .findFirst()
                .orElseThrow();
    }

    /** PostgreSQL's own file; inside its user namespace the number is the same. */
    private static long postmaster(Path file) throws IOException {
        return Long.parseLong(Files.readAllLines(file).get(0).strip());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }
}
