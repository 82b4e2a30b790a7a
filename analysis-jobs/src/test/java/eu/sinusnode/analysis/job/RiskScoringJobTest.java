package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.work.Workers;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskScoringJobTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path state;

    private final Workers workers = new Workers(2);
    private final FakeFlagStore store = new FakeFlagStore();
    private final List<String> asked = new ArrayList<>();
    private final KeptLog log = new KeptLog();
    private @Nullable String breaksAfter;
    private boolean withFaults;

    @AfterEach
    void stopWorkers() {
        workers.close();
    }

    /** What a run told, and what had been asked for by then. */
    private final class KeptLog implements RunLog {

        private final List<String> told = new ArrayList<>();
        private final List<UUID> runs = new ArrayList<>();
        private boolean refusesStarts;
        private boolean refusesEnds;

        @Override
        public void started(UUID run, List<String> models, Instant asOf) {
            if (refusesStarts) {
                throw new TransientFailure("the audit cannot be written");
            }
            runs.add(run);
            told.add("start " + String.join("; ", models) + " as of " + asOf + ", asked " + asked.size());
        }

        @Override
        public void ended(UUID run, boolean completed, RunCounts counts) {
            if (refusesEnds) {
                throw new TransientFailure("the audit cannot be written any more");
            }
            runs.add(run);
            told.add((completed ? "completed " : "failed ") + counts.patients());
        }
    }

    @Test
    void aRunTellsItsStartBeforeItReadsAndItsEnd() throws IOException {
        run(null, NOW);

        assertThat(log.told)
                .containsExactly(
                        "start " + new HomeBloodPressureRule().identity().label() + " as of " + NOW + ", asked 0",
                        "completed 7");
        assertThat(log.runs.get(1)).isEqualTo(log.runs.get(0));
        run(null, NOW);
        assertThat(log.runs.get(2)).as("another run").isNotEqualTo(log.runs.get(0));
    }

    @Test
    void aRunThatBreaksOffTellsHowFarItCame() {
        breaksAfter = "p3";

        assertThatThrownBy(() -> run(null, NOW)).hasMessage("the server went away");

        assertThat(log.told).last().isEqualTo("failed 3");
    }

    @Test
    void withoutATakenStartNothingIsReadOrWritten() {
        log.refusesStarts = true;

        assertThatThrownBy(() -> run(null, NOW)).hasMessage("the audit cannot be written");

        assertThat(asked).isEmpty();
        assertThat(store.transactions()).isEmpty();
        assertThat(log.told).isEmpty();
    }

    @Test
    void anEndThatIsNotTakenFailsTheRunAndHidesNoFailure() {
        log.refusesEnds = true;

        assertThatThrownBy(() -> run(null, NOW)).hasMessage("the audit cannot be written any more");
        assertThat(store.all(Observation.class)).hasSize(7);

        breaksAfter = "p3";
        assertThatThrownBy(() -> run(null, NOW))
                .hasMessage("the server went away")
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(TransientFailure.class));
    }

    /** Seven patients, p1 to p7, all hypertensive. */
    private final class Cohort implements ReadingSource {

        @Override
        public PatientRange read(@Nullable String after, int patients, Instant asOf) {
            asked.add(after + "@" + asOf);
            if (breaksAfter != null && breaksAfter.equals(after)) {
                throw new TransientFailure("the server went away");
            }
            int first = after == null ? 1 : Integer.parseInt(after.substring(1)) + 1;
            int last = Math.min(7, first + patients - 1);
            List<PatientReadings> range = new ArrayList<>();
            for (int i = first; i <= last; i++) {
                HomeReadings readings = HomeReadings.daily(5, 140, 90);
                if (withFaults) {
                    readings.one("kilopascal", Codes.SYSTOLIC, "2026-11-04T12:00:00+01:00", 18.6, "kPa")
                            .add("2026-11-21T08:00:00+01:00", 140, 90);
                }
                range.add(readings.of("p" + i));
            }
            return new PatientRange(range, range.isEmpty() ? null : "p" + last, last < 7);
        }
    }

    @Test
    void everyRangeIsReadScoredAndWritten() throws IOException {
        RunCounts counts = run(null, NOW);

        assertThat(asked).containsExactly("null@" + NOW, "p3@" + NOW, "p6@" + NOW);
        assertThat(counts.patients()).isEqualTo(7);
        assertThat(counts.readings()).isEqualTo(70);
        assertThat(counts.flags().raised()).isEqualTo(7);
        assertThat(store.all(Observation.class)).hasSize(7);
        assertThat(Files.exists(state.resolve("risk-checkpoint.json"))).isFalse();
    }

    @Test
    void interruptedItGoesOnWhereItStoppedWithTheSameInstant() throws IOException {
        breaksAfter = "p3";
        assertThatThrownBy(() -> run(null, NOW)).isInstanceOf(TransientFailure.class);
        assertThat(store.all(Observation.class)).hasSize(3);
        breaksAfter = null;
        asked.clear();

        RunCounts counts = run(null, NOW.plusSeconds(3600));

        assertThat(asked).containsExactly("p3@" + NOW, "p6@" + NOW);
        assertThat(counts.patients()).isEqualTo(7);
        assertThat(counts.flags().raised()).isEqualTo(7);
        assertThat(store.all(Observation.class)).hasSize(7);
    }

    @Test
    void anotherInstantBeginsAnew() throws IOException {
        breaksAfter = "p3";
        assertThatThrownBy(() -> run(NOW, NOW)).isInstanceOf(TransientFailure.class);
        breaksAfter = null;
        asked.clear();

        RunCounts counts = run(NOW.plusSeconds(60), NOW);

        assertThat(asked).first().isEqualTo("null@" + NOW.plusSeconds(60));
        assertThat(counts.flags().raised()).isEqualTo(4);
        assertThat(counts.flags().unchanged()).isEqualTo(3);
    }

    @Test
    void aRangeThatWasCutOffIsDoneAgainAndNothingIsWrittenTwice() throws IOException {
        store.loseAnswers(1);
        Retry once = new Retry(1, Duration.ofMillis(1), duration -> {});
        assertThatThrownBy(() -> job(once).run(order(null, NOW))).isInstanceOf(TransientFailure.class);

        RunCounts counts = run(null, NOW);

        assertThat(counts.patients()).isEqualTo(7);
        assertThat(counts.flags().raised() + counts.flags().unchanged()).isEqualTo(7);
        assertThat(store.all(Observation.class)).hasSize(7);
    }

    @Test
    void theSecondRunWritesNothing() throws IOException {
        run(null, NOW);
        int written = store.transactions().size();

        RunCounts counts = run(null, NOW.plusSeconds(86_400));

        assertThat(counts.flags().unchanged()).isEqualTo(7);
        assertThat(store.transactions()).hasSize(written);
    }

    @Test
    void whatIsLeftOutIsListedAndCountedByReason() throws IOException {
        withFaults = true;

        RunCounts counts = run(null, NOW);

        assertThat(counts.leftOut()).containsOnly(entry(Fault.WRONG_UNIT, 7L), entry(Fault.AFTER_RUN, 14L));
        assertThat(Files.readAllLines(state.resolve("risk-left-out.ndjson")))
                .hasSize(21)
                .contains(
                        "{\"observation\":\"Observation/kilopascal/_history/1\",\"code\":\"8480-6\",\"reason\":\"leftOutWrongUnit\"}");

        withFaults = false;
        assertThat(run(null, NOW).leftOut()).isEmpty();
        assertThat(state.resolve("risk-left-out.ndjson"))
                .as("of the last run alone")
                .doesNotExist();
    }

    @Test
    void aRunThatGoesOnKeepsWhatWasCountedAndListedBefore() throws IOException {
        withFaults = true;
        breaksAfter = "p3";
        assertThatThrownBy(() -> run(null, NOW)).isInstanceOf(TransientFailure.class);
        breaksAfter = null;

        assertThat(run(null, NOW).leftOut(Fault.WRONG_UNIT)).isEqualTo(7);
        assertThat(Files.readAllLines(state.resolve("risk-left-out.ndjson"))).hasSize(21);
    }

    @Test
    void aCheckpointOfAnEarlierReleaseBeginsAnew() throws IOException {
        String label = new HomeBloodPressureRule().identity().label();
        Files.writeString(
                state.resolve("risk-checkpoint.json"),
                ("{\"fhirBase\":\"http://server/fhir\",\"asOf\":\"%s\",\"models\":[\"%s\"],\"last\":\"p3\",\"counts\":"
                                + "{\"patients\":3,\"readings\":9,\"series\":0,\"flags\":{\"raised\":0,\"changed\":0,"
                                + "\"unchanged\":0,\"withdrawn\":0,\"notComputable\":0,\"withheld\":0,\"failed\":0}}}")
                        .formatted(NOW, label));

        assertThat(run(null, NOW).patients()).isEqualTo(7);
        assertThat(asked).first().isEqualTo("null@" + NOW);
    }

    @Test
    void aDamagedCheckpointBeginsAnew() throws IOException {
        Files.writeString(state.resolve("risk-checkpoint.json"), "{\"last\":");

        assertThat(run(null, NOW).patients()).isEqualTo(7);
    }

    private RunCounts run(@Nullable Instant asOf, Instant now) throws IOException {
        return job(new Retry(3, Duration.ofMillis(1), duration -> {})).run(order(asOf, now));
    }

    private static RiskScoringJob.Order order(@Nullable Instant asOf, Instant now) {
        return new RiskScoringJob.Order("http://server/fhir", 3, asOf, now);
    }

    private RiskScoringJob job(Retry retry) throws IOException {
        return new RiskScoringJob(
                new Cohort(),
                new PatientRangeScoring(List.of(new HomeBloodPressureRule())),
                new FlagWriter(store, retry, workers, Clock.fixed(NOW, ZoneOffset.UTC)),
                new Checkpoint(state),
                new LeftOutList(state),
                counts -> {},
                log);
    }
}
