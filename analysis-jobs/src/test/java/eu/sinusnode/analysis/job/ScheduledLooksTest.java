package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduledLooksTest {

    private static final String PATIENT = "00000001-0000-4000-8000-000000000000";

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final FakeFlagStore store = new FakeFlagStore();
    private final Server server = new Server();
    private final Precedence precedence = new Precedence();
    private int runs;
    private RunFiles newsFiles;
    private RunFiles everybodyFiles;
    private ScheduledLooks looks;

    /** One patient, whose change moves the sequence. */
    private final class Server implements ReadingSource {

        private final Map<String, Long> changes = new HashMap<>();
        private final List<Integer> asked = new ArrayList<>();
        private long sequence = 100;
        private boolean isAway;
        private @Nullable Runnable whenRead;

        void change() {
            changes.put(PATIENT, sequence++);
        }

        void restore() {
            sequence = 10;
            changes.clear();
        }

        @Override
        public PatientRange read(RangeRequest request) {
            asked.add(request.patients());
            Long since = request.since();
            if (isAway) {
                throw new TransientFailure("away");
            }
            if (since != null && since > sequence) {
                throw new UnknownSequence(new IllegalArgumentException());
            }
            boolean inSlice = PATIENT.compareTo(request.after() == null ? "" : request.after()) > 0;
            boolean found = inSlice && (since == null || changes.getOrDefault(PATIENT, 0L) >= since);
            long told = sequence;
            if (found && request.patients() > 0 && whenRead != null) {
                whenRead.run();
            }
            List<PatientReadings> range = found && request.patients() > 0
                    ? List.of(HomeReadings.daily(5, 140, 90).of(PATIENT))
                    : List.of();
            return new PatientRange(
                    range, Map.of(), range.isEmpty() ? null : PATIENT, found && request.patients() == 0, told);
        }
    }

    private final class Log implements RunLog {
        @Override
        public void started(UUID run, List<String> models, Instant asOf, @Nullable Long since) {
            runs++;
        }

        @Override
        public void ended(UUID run, boolean completed, RunCounts counts) {}
    }

    @BeforeEach
    void begin() throws IOException {
        newsFiles = RunFiles.ofNews(directory.resolve("news"), RunReports.NONE);
        everybodyFiles = RunFiles.in(directory.resolve("everybody"), RunReports.NONE);
        looks = new ScheduledLooks(precedence, newsFiles, everybodyFiles);
    }

    @Test
    void theFirstLookNotesFromWhereAndTheOtherReadsEverybody() throws IOException {
        assertThat(everybody()).as("not before a sequence is noted").isEmpty();
        assertThat(news()).isEmpty();
        assertThat(store.all(Observation.class)).isEmpty();

        assertThat(everybody()).get().extracting(RunResult::full).isEqualTo(true);

        assertThat(store.all(Observation.class)).hasSize(1);
    }

    @Test
    void whenNobodyHasChangedOneQuestionIsAskedAndNoRunBegins() throws IOException {
        started();
        server.asked.clear();

        assertThat(news()).isEmpty();

        assertThat(server.asked).containsExactly(0);
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void whatChangedIsScoredAndIsOldThen() throws IOException {
        started();
        server.change();

        assertThat(news()).get().satisfies(result -> {
            assertThat(result.full()).isFalse();
            assertThat(result.counts().patients()).isEqualTo(1);
        });
        assertThat(news()).isEmpty();
    }

    @Test
    void whatChangedBeforeTheFirstLookAtEverybodyEndedIsScoredByOneOfThem() throws IOException {
        news();
        server.change();

        assertThat(news())
                .get()
                .extracting(result -> result.counts().patients())
                .isEqualTo(1);
        assertThat(everybody())
                .get()
                .extracting(result -> result.counts().patients())
                .isEqualTo(1);
    }

    @Test
    void everybodyIsLookedAtAgainAfterADayAndNewsNeverGrowOld() throws IOException {
        started();
        now = now.plus(LastRun.FRESH).minusSeconds(1);
        assertThat(everybody()).isEmpty();
        now = now.plusSeconds(1);
        assertThat(news()).isEmpty();

        assertThat(everybody()).isPresent();
        assertThat(everybody()).isEmpty();
        now = now.plus(Duration.ofDays(30));
        server.change();
        assertThat(news()).get().extracting(RunResult::full).isEqualTo(false);
    }

    @Test
    void afterARestoreEverybodyIsReadAgainFromANewSequence() throws IOException {
        started();
        server.restore();

        assertThat(news()).isEmpty();

        assertThat(everybody()).get().extracting(RunResult::full).isEqualTo(true);
        server.change();
        assertThat(news()).isPresent();
    }

    @Test
    void aSequenceThatIsLostMeanwhileMakesTheLookAtEverybodyWorthless() throws IOException {
        news();
        server.whenRead = () -> {
            server.whenRead = null;
            server.restore();
            try {
                news();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        assertThat(everybody()).isPresent();

        assertThat(everybody()).as("again").isPresent();
        assertThat(everybody()).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsAskedAgainAndNothingIsMissed() throws IOException {
        started();
        server.change();
        server.isAway = true;
        assertThat(catchThrowable(this::news)).isInstanceOf(TransientFailure.class);
        server.isAway = false;

        assertThat(news())
                .get()
                .extracting(result -> result.counts().patients())
                .isEqualTo(1);
    }

    private void started() throws IOException {
        news();
        everybody();
    }

    private Optional<RunResult> news() throws IOException {
        return looks.news(job(Turn.AT_ONCE, newsFiles), order(false));
    }

    private Optional<RunResult> everybody() throws IOException {
        return looks.everybody(job(precedence.ofEverybody(), everybodyFiles), order(true));
    }

    private RiskScoringJob.Order order(boolean full) {
        InstantSource time = () -> now;
        return new RiskScoringJob.Order("http://server/fhir", 3, null, time, Duration.ZERO, full);
    }

    private RiskScoringJob job(Turn turn, RunFiles files) {
        return new RiskScoringJob(
                server,
                new PatientRangeScoring(List.of(new HomeBloodPressureRule())),
                new FlagWriter(
                        store, new Retry(3, Duration.ofMillis(1), pause -> {}), Clock.fixed(now, ZoneOffset.UTC)),
                new Workers(1),
                turn,
                new StopSignal(),
                files,
                counts -> {},
                new Log());
    }
}
