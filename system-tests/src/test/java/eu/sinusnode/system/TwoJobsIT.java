package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the real job at the same server at once, each with a state of its own. */
@ExtendWith(SystemExtension.class)
class TwoJobsIT {

    /**
     * Patients of the first clinic whose own pressures come from a cuff, and who permit the analysis of them. Not the first: other
     * tests wait for that one's severe values to be over.
     */
    private static final int[] MEASURING = {2, 3};

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatRuns(RunningSystem system) {
        started.forEach(Process::destroyForcibly);
        system.runRiskJob();
    }

    @Test
    void overTheSamePatientsTheyWriteEachFlagOnce(RunningSystem system) throws Exception {
        int seconds = 1;
        for (String[] options : new String[][] {
            {"--range=200", "--threads=1"}, {"--range=1", "--threads=4"}, {"--range=3", "--threads=2"}
        }) {
            Map<String, String> pressures = crisis(system, 201 + seconds, seconds++);
            Process one = job(system, directory.resolve("one" + seconds), "--range=200", "--threads=1");
            Process other = job(system, directory.resolve("other" + seconds), options);

            assertEndedWell(one);
            assertEndedWell(other);

            assertFlagged(system, pressures);
        }
    }

    @Test
    void oneThatIsKilledIsCompletedByItsNextRunBesideTheOther(RunningSystem system) throws Exception {
        Map<String, String> pressures = crisis(system, 231, 30);
        Path state = directory.resolve("killed");
        Process killed = job(system, state, "--range=1", "--threads=1");
        while (!Files.exists(state.resolve("risk-checkpoint.json")) && killed.isAlive()) {
            Thread.sleep(5);
        }
        killed.destroyForcibly().waitFor();
        assertThat(state.resolve("risk-checkpoint.json")).exists();
        assertThat(state.resolve("risk-last-run.json")).doesNotExist();

        Process next = job(system, state, "--range=1", "--threads=1");
        Process other = job(system, directory.resolve("beside"), "--range=200");
        assertEndedWell(next);
        assertEndedWell(other);

        assertThat(Files.readString(state.resolve("out"))).contains("\"patients\":" + permitting(system));
        assertThat(state.resolve("risk-checkpoint.json")).doesNotExist();
        assertFlagged(system, pressures);
    }

    /** As many as a run over everybody reads. */
    private static int permitting(RunningSystem system) {
        return system.runRiskJob("--full").path("patients").asInt();
    }

    private Process job(RunningSystem system, Path state, String... options) throws IOException {
        Files.createDirectories(state);
        List<String> command = new ArrayList<>(List.of(
                Daemon.java().toString(),
                "-Xmx512m",
                "-cp",
                system.installation().programs().classPath("analysis-jobs"),
                "eu.sinusnode.analysis.AnalysisJobs",
                "risk",
                "--fhir-base=" + system.installation().fhirBase(),
                "--token-endpoint=" + system.installation().issuer() + "/protocol/openid-connect/token",
                "--client-id=" + DemoRegistrations.ANALYSIS_JOB,
                "--key="
                        + system.installation()
                                .home()
                                .secrets()
                                .resolve("clients")
                                .resolve(DemoRegistrations.ANALYSIS_JOB + ".jwk.json"),
                "--as-of=" + system.directory().dataEnd(),
                "--state=" + state));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(state.resolve("out").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private void assertEndedWell(Process process) throws Exception {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** A new crisis value of each, just before the data end. */
    private static Map<String, String> crisis(RunningSystem system, int systolic, int secondsBeforeTheEnd) {
        return Arrays.stream(MEASURING)
                .mapToObj(system::persona)
                .collect(
                        Collectors.toMap(Persona::id, persona -> post(system, persona, systolic, secondsBeforeTheEnd)));
    }

    private static String post(RunningSystem system, Persona persona, int systolic, int secondsBeforeTheEnd) {
        ObjectNode pressure = Searches.firstPage(system.as(persona.login()), Searches.bloodPressures(persona.id()))
                .get(0)
                .deepCopy();
        pressure.remove(List.of("id", "meta", "text"));
        pressure.put(
                "effectiveDateTime",
                system.directory()
                        .dataEnd()
                        .minusSeconds(secondsBeforeTheEnd)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        ((ObjectNode) pressure.path("identifier").path(0))
                .put("value", UUID.randomUUID().toString());
        pressure.withArray("component").forEach(component -> ((ObjectNode) component.path("valueQuantity"))
                .put("value", component.toString().contains(Codes.SYSTOLIC) ? systolic : 124));
        Answer answer = system.as(persona.login())
                .post("Observation", pressure.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    /** Of each patient and risk one open flag, that of the severe value on it; and of each open flag one open Task. */
    private static void assertFlagged(RunningSystem system, Map<String, String> pressures) {
        pressures.forEach((patient, pressure) -> {
            List<JsonNode> open = Searches.firstPage(system.as("clinician-1"), Searches.flags(patient)).stream()
                    .filter(flag -> "preliminary".equals(flag.path("status").asText()))
                    .toList();
            assertThat(open)
                    .extracting(flag -> flag.path("identifier").toString())
                    .doesNotHaveDuplicates();
            assertThat(open)
                    .filteredOn(flag -> flag.path("code").toString().contains(Codes.SEVERE_VITAL_VALUE))
                    .singleElement()
                    .satisfies(flag ->
                            assertThat(flag.path("derivedFrom").toString()).contains("Observation/" + pressure));
            List<String> asked = Searches.firstPage(
                            system.as("clinician-1"),
                            "Task?patient=Patient/" + patient + "&code="
                                    + Searches.token(Canonicals.TASK_CODES, Codes.SIGN_OFF) + "&_count=100")
                    .stream()
                    .filter(task -> "requested".equals(task.path("status").asText()))
                    .map(task -> task.path("focus").path("reference").asText().replaceAll("/_history.*", ""))
                    .toList();
            assertThat(asked).doesNotHaveDuplicates();
            assertThat(asked)
                    .containsExactlyInAnyOrderElementsOf(open.stream()
                            .filter(flag -> !flag.path("code").toString().contains(Codes.NOT_COMPUTABLE_SUMMARY))
                            .map(flag -> "Observation/" + flag.path("id").asText())
                            .toList());
        });
    }
}
