package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.home.JobSettings;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.service.Service;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The analysis that {@code up} leaves running, looking as often as it can. */
@ExtendWith(SystemExtension.class)
class ScheduledAnalysisIT {

    /** What issue and clinic are promised. */
    private static final Duration PROMISED = Duration.ofMinutes(2);

    /** Two starts, a look at everybody, and half a minute of tries. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final JobSettings STANDARD = JobSettings.of(Map.of());
    private static final JobSettings OFTEN = JobSettings.of(Map.of("SINUSNODE_JOB_EVERY", "PT1S"));

    private static final int HYPERTENSIVE = 1;
    private static final int FIBRILLATING = 2;

    /** Other tests speak of the flags as of where the cohort's data end; these here are as of now. */
    @AfterAll
    static void backToTheEndOfTheData(RunningSystem system) {
        schedule(system.parts()).stop();
        system.runRiskJob("--full");
    }

    @Test
    void aCrisisPressureIsFlaggedWithinTwoMinutesByALookAtWhatIsNew(RunningSystem system) throws Exception {
        started(system, OFTEN);
        long everybody = runs(system, "everybody");

        Duration lag = flagged(system, 211);

        System.out.printf("A crisis pressure had its flag and its Task after %.1f s%n", lag.toMillis() / 1000.0);
        assertThat(STANDARD.every().plus(lag))
                .as("when the value has just missed a look of the standard pace")
                .isLessThan(PROMISED);
        assertThat(runs(system, "news")).isPositive();
        assertThat(runs(system, "everybody")).as("no look at everybody did it").isEqualTo(everybody);
    }

    @Test
    void aReplayIsAnsweredWithoutACommand(RunningSystem system) throws Exception {
        started(system, OFTEN);
        JsonNode flag =
                Searches.firstPage(
                                system.as("clinician-1"),
                                Searches.flags(system.persona(FIBRILLATING).id()))
                        .stream()
                        .filter(one -> one.path("code").toString().contains(Codes.STROKE_RISK))
                        .findFirst()
                        .orElseThrow();
        Answer asked = system.as("clinician-1")
                .post(
                        "Observation/" + flag.path("id").asText() + "/$risk-replay",
                        "{\"resourceType\":\"Parameters\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(asked.status()).as(asked.diagnostics()).isEqualTo(200);
        String task = asked.body()
                .path("parameter")
                .path(0)
                .path("valueReference")
                .path("reference")
                .asText();

        await(PROMISED, () -> "completed"
                .equals(task(system, task).path("status").asText()));

        assertThat(task(system, task).path("output").path(0).toString()).contains("\"identical\"");
    }

    @Test
    void itSurvivesTheServersDeathAndComesBackFromItsOwn(RunningSystem system) throws Exception {
        SinusNodeSystem parts = started(system, OFTEN);
        long pid = pid(system, "analysis.pid");

        kill(pid(system, "server.pid"));
        system.up();

        assertThat(schedule(parts).state().running()).isTrue();
        assertThat(pid(system, "analysis.pid")).isEqualTo(pid);
        flagged(system, 212);

        kill(pid);
        assertThat(schedule(parts).state().running()).isFalse();
        parts.startSchedule();
        assertThat(schedule(parts).state().running()).isTrue();
        assertThat(pid(system, "analysis.pid")).isNotEqualTo(pid);
        flagged(system, 213);
    }

    /** By itself, also the weeks since it was last looked at; and not again because the process is another one. */
    @Test
    void theModelsWeekIsReportedOnce(RunningSystem system) throws Exception {
        SinusNodeSystem parts = started(system, OFTEN);
        Instant weekAgo = Instant.now().minus(Duration.ofDays(7)).minusSeconds(60);
        await(PATIENCE, () -> isToldUpTo(system, weekAgo));
        schedule(parts).stop();
        long reports = weeks(system);
        assertThat(Searches.firstPage(
                        system.as("clinician-1"),
                        "MeasureReport?_count=100&status=complete&measure=" + Canonicals.ANALYSIS_RUN))
                .as("the look at everybody has left a report")
                .isNotEmpty();

        parts.startSchedule();
        // A value that is flagged says that it is at work; a dozen further turns follow.
        flagged(system, 214);
        Thread.sleep(OFTEN.every().multipliedBy(12).toMillis());

        assertThat(reports).isPositive();
        assertThat(schedule(parts).state().running()).isTrue();
        assertThat(runs(system, "watch")).as("its log begins anew").isZero();
        assertThat(weeks(system)).isEqualTo(reports);
    }

    /** Running with that pace, and through with everybody. */
    private static SinusNodeSystem started(RunningSystem system, JobSettings pace) throws Exception {
        system.up();
        SinusNodeSystem parts = system.withAnalysis(pace);
        schedule(parts).stop();
        parts.startSchedule();
        await(
                PATIENCE,
                () -> Files.exists(
                        system.installation().home().job().resolve("everybody").resolve("risk-last-run.json")));
        return parts;
    }

    /** From the answer that confirms it until a clinician finds flag and Task. */
    private static Duration flagged(RunningSystem system, int systolic) throws Exception {
        String pressure = postPressure(system, systolic);
        Instant posted = Instant.now();
        await(
                PATIENCE,
                () ->
                        Searches.firstPage(
                                        system.as("clinician-1"),
                                        Searches.flags(
                                                system.persona(HYPERTENSIVE).id()))
                                .stream()
                                .filter(flag -> flag.path("code").toString().contains(Codes.SEVERE_VITAL_VALUE))
                                .filter(flag ->
                                        "preliminary".equals(flag.path("status").asText()))
                                .filter(flag ->
                                        flag.path("derivedFrom").toString().contains("Observation/" + pressure))
                                .anyMatch(flag ->
                                        hasOpenTask(system, flag.path("id").asText())));
        return Duration.between(posted, Instant.now());
    }

    private static boolean hasOpenTask(RunningSystem system, String flag) {
        return Searches.firstPage(
                        system.as("clinician-1"),
                        "Task?patient=Patient/" + system.persona(HYPERTENSIVE).id() + "&code="
                                + Searches.token(Canonicals.TASK_CODES, Codes.SIGN_OFF) + "&_count=100")
                .stream()
                .filter(task -> "requested".equals(task.path("status").asText()))
                .anyMatch(task -> task.path("focus").path("reference").asText().contains("Observation/" + flag));
    }

    /** Measured now with the patient's own cuff. */
    private static String postPressure(RunningSystem system, int systolic) {
        ObjectNode pressure = Searches.firstPage(
                        system.as("patient-1"),
                        Searches.bloodPressures(system.persona(HYPERTENSIVE).id()))
                .get(0)
                .deepCopy();
        pressure.remove(List.of("id", "meta", "text"));
        pressure.put(
                "effectiveDateTime",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ((ObjectNode) pressure.path("identifier").path(0))
                .put("value", UUID.randomUUID().toString());
        pressure.withArray("component").forEach(component -> ((ObjectNode) component.path("valueQuantity"))
                .put("value", component.toString().contains(Codes.SYSTOLIC) ? systolic : 124));
        Answer answer =
                system.as("patient-1").post("Observation", pressure.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static long weeks(RunningSystem system) {
        return system.as("administrator")
                .get("MeasureReport?_summary=count&measure=" + Canonicals.MODEL_WATCH)
                .body()
                .path("total")
                .asLong();
    }

    private static boolean isToldUpTo(RunningSystem system, Instant time) {
        Path file = system.installation().home().job().resolve("model-watch.json");
        try {
            JsonNode state = RunningSystem.json(Files.exists(file) ? Files.readString(file) : "{}");
            return state.hasNonNull("watched")
                    && Instant.parse(state.path("watched").asText()).isAfter(time)
                    && state.path("untold").isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode task(RunningSystem system, String reference) {
        return system.as("clinician-1").get(reference).body();
    }

    private static Service schedule(SinusNodeSystem parts) {
        return parts.stack().followers().get(0);
    }

    /** Lines of its log that tell of a run of that kind. */
    private static long runs(RunningSystem system, String lane) throws IOException {
        return Files.readAllLines(system.installation().home().logs().resolve("analysis.log")).stream()
                .filter(line -> line.contains(" " + lane + " {"))
                .count();
    }

    private static long pid(RunningSystem system, String file) throws IOException {
        return Files.readAllLines(system.installation().home().run().resolve(file)).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring("pid=".length())))
                .findFirst()
                .orElseThrow();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    private static void await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still not so after " + patience).isBefore(end);
            Thread.sleep(500);
        }
    }
}
