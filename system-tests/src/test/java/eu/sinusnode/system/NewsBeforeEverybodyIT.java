package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.process.Daemon;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is new goes between two ranges of a look at everybody, by the real process at the real server. The look's ranges are
 * held by what happens, not by time: the third until the news have been seen, the last until a clinician has found the
 * flag. If the news waited for the end of the look, neither would ever come.
 */
@ExtendWith(SystemExtension.class)
class NewsBeforeEverybodyIT {

    /** Each of the sixteen slices has one range at least. */
    private static final int RANGES = 16;

    private static final int UNDER_WAY = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Not the first: other tests wait for that one's severe values. */
    private static final int MEASURING = 2;

    @TempDir
    private Path state;

    private final Lanes lanes = new Lanes();

    /** Tells the ranges of the look at everybody from the looks at what is new, and holds two of them. */
    private static final class Lanes implements WatchedServer.Watch {

        private final AtomicInteger ranges = new AtomicInteger();
        private final AtomicBoolean measured = new AtomicBoolean();
        private final CountDownLatch underWay = new CountDownLatch(1);
        private final CountDownLatch newsSeen = new CountDownLatch(1);
        private final CountDownLatch last = new CountDownLatch(1);
        private final CountDownLatch flagFound = new CountDownLatch(1);

        @Override
        public void asked(WatchedServer.Asked request) throws InterruptedException {
            if (!isReading(request) || isLook(request) || request.query().contains("since=")) {
                return;
            }
            int range = ranges.incrementAndGet();
            if (range == UNDER_WAY) {
                underWay.countDown();
                newsSeen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            if (range == RANGES) {
                last.countDown();
                flagFound.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }

        @Override
        public void answered(WatchedServer.Asked request, int status, String answer) {
            if (measured.get() && isReading(request) && isLook(request) && answer.contains("\"more\":true")) {
                newsSeen.countDown();
            }
        }

        private static boolean isReading(WatchedServer.Asked request) {
            return request.path().endsWith("/$vital-readings");
        }

        /** Which asks whether there is anything new, and reads nobody. */
        private static boolean isLook(WatchedServer.Asked request) {
            return request.query().contains("patients=0");
        }
    }

    @AfterEach
    void backToTheEndOfTheData(RunningSystem system) {
        system.runRiskJob("--full");
    }

    @Test
    void aCrisisPressureIsFlaggedWhileTheLookAtEverybodyIsUnderWay(RunningSystem system) throws Exception {
        Persona patient = system.persona(MEASURING);
        try (WatchedServer server =
                new WatchedServer(URI.create(system.installation().fhirBase()), lanes)) {
            Process analysis = schedule(system, server.fhirBase());
            try {
                assertThat(lanes.underWay.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("the look at everybody is at its third range: " + said())
                        .isTrue();
                String pressure = postPressure(system, patient);
                lanes.measured.set(true);

                await("the flag is there", () -> isFlagged(system, patient, pressure));

                assertThat(state.resolve("everybody").resolve("risk-last-run.json"))
                        .as("and the look at everybody is not over")
                        .doesNotExist();
                assertThat(lanes.last.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("it goes on behind the news")
                        .isTrue();
                lanes.flagFound.countDown();
                await(
                        "the look at everybody ends",
                        () -> Files.exists(state.resolve("everybody").resolve("risk-last-run.json")));
                assertThat(severe(system, patient, pressure))
                        .as("one flag of both")
                        .hasSize(1);
                assertThat(said()).contains(" news {").contains(" everybody {").doesNotContain("failed\":1");
            } finally {
                lanes.newsSeen.countDown();
                lanes.flagFound.countDown();
                analysis.destroy();
                if (!analysis.waitFor(30, TimeUnit.SECONDS)) {
                    analysis.destroyForcibly().waitFor();
                }
            }
        }
    }

    private Process schedule(RunningSystem system, URI fhirBase) throws IOException {
        List<String> command = List.of(
                Daemon.java().toString(),
                "-Xmx512m",
                "-cp",
                system.installation().programs().classPath("analysis-jobs"),
                "eu.sinusnode.analysis.AnalysisJobs",
                "schedule",
                "--every=PT1S",
                "--threads=1",
                "--fhir-base=" + fhirBase,
                "--token-endpoint=" + system.installation().issuer() + "/protocol/openid-connect/token",
                "--client-id=" + DemoRegistrations.ANALYSIS_JOB,
                "--key="
                        + system.installation()
                                .home()
                                .secrets()
                                .resolve("clients")
                                .resolve(DemoRegistrations.ANALYSIS_JOB + ".jwk.json"),
                "--state=" + state);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve("out").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(state.resolve("out"));
    }

    private static boolean isFlagged(RunningSystem system, Persona patient, String pressure) {
        return !severe(system, patient, pressure).isEmpty();
    }

    private static List<JsonNode> severe(RunningSystem system, Persona patient, String pressure) {
        return Searches.firstPage(system.as("clinician-1"), Searches.flags(patient.id())).stream()
                .filter(flag -> flag.path("code").toString().contains(Codes.SEVERE_VITAL_VALUE))
                .filter(flag -> "preliminary".equals(flag.path("status").asText()))
                .filter(flag -> flag.path("derivedFrom").toString().contains("Observation/" + pressure))
                .toList();
    }

    /** Measured now with the patient's own cuff. */
    private static String postPressure(RunningSystem system, Persona patient) {
        ObjectNode pressure = Searches.firstPage(system.as(patient.login()), Searches.bloodPressures(patient.id()))
                .get(0)
                .deepCopy();
        pressure.remove(List.of("id", "meta", "text"));
        pressure.put(
                "effectiveDateTime",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ((ObjectNode) pressure.path("identifier").path(0))
                .put("value", UUID.randomUUID().toString());
        pressure.withArray("component").forEach(component -> ((ObjectNode) component.path("valueQuantity"))
                .put("value", component.toString().contains(Codes.SYSTOLIC) ? 219 : 126));
        Answer answer = system.as(patient.login())
                .post("Observation", pressure.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.diagnostics()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.sleep(200);
        }
    }
}
