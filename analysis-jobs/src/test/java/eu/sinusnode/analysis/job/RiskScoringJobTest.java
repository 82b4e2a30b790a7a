package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FakeFlagStore.Killed;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.PatientSlice;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.ModelIdentity;
import eu.sinusnode.analysis.risk.ModelInputs;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskScoringJobTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path state;

    private final FakeFlagStore store = new FakeFlagStore();
    private final Cohort cohort = new Cohort();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final KeptLog log = new KeptLog();
    private final KeptScores rule = new KeptScores();
    private @Nullable String breaksAfter;
    private boolean withFaults;
    private int threads = 1;
    private final StopSignal stop = new StopSignal();
    private @Nullable String stopsAfter;
    private boolean full;
    private boolean readEverybody;
    private RunReports reports = RunReports.NONE;

    /** What a run told, and what had been asked for by then. */
    private final class KeptLog implements RunLog {

        private final List<String> told = new ArrayList<>();
        private final List<UUID> runs = new ArrayList<>();
        private boolean refusesStarts;
        private boolean refusesEnds;

        @Override
        public void started(UUID run, List<String> models, Instant asOf, @Nullable Long since) {
            if (refusesStarts) {
                throw new TransientFailure("the audit cannot be written");
            }
            runs.add(run);
            told.add("start " + String.join("; ", models) + " as of " + asOf + ", asked " + asked.size()
                    + (since == null ? "" : ", since " + since));
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
        breaksAfter = p(3);

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

        full = true;
        breaksAfter = p(3);
        assertThatThrownBy(() -> run(null, NOW))
                .hasMessage("the server went away")
                .satisfies(failure ->
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(TransientFailure.class));
    }

    /** Seven patients, p1 to p7, all hypertensive; the first six in slice 0, in ranges of three. */
    private final class Cohort implements ReadingSource {

        private final NavigableMap<String, HomeReadings> patients = new TreeMap<>();
        private final Map<String, Long> changes = new HashMap<>();
        private long sequence = 100;
        private boolean restored;
        private Map<String, Set<String>> beside = Map.of();

        Cohort() {
            for (int i = 1; i <= 7; i++) {
                patients.put(p(i), HomeReadings.daily(5, 140, 90));
            }
        }

        void change(int patient, HomeReadings readings) {
            patients.put(p(patient), readings);
            changes.put(p(patient), ++sequence);
        }

        @Override
        public PatientRange read(RangeRequest request) {
            String after = request.after();
            NavigableMap<String, HomeReadings> slice = after == null ? patients : patients.tailMap(after, false);
            slice = slice.headMap(String.valueOf(request.through()), true);
            if (!slice.isEmpty() || after == null) {
                asked.add(after + "@" + request.asOf());
            }
            if (stopsAfter != null && stopsAfter.equals(after)) {
                stop.ask();
            }
            if (breaksAfter != null && breaksAfter.equals(after)) {
                throw new TransientFailure("the server went away");
            }
            Long since = request.since();
            if (since != null && restored) {
                throw new UnknownSequence(new IllegalArgumentException());
            }
            List<PatientReadings> range = slice.entrySet().stream()
                    .filter(entry -> since == null || changes.getOrDefault(entry.getKey(), 0L) >= since)
                    .limit(request.patients())
                    .map(entry -> readings(entry.getKey(), entry.getValue()))
                    .toList();
            return new PatientRange(
                    range,
                    beside,
                    range.isEmpty() ? null : range.get(range.size() - 1).patient(),
                    since == null && slice.size() > range.size(),
                    sequence + 1);
        }

        private PatientReadings readings(String patient, HomeReadings readings) {
            if (withFaults) {
                return HomeReadings.daily(5, 140, 90)
                        .one("kilopascal", Codes.SYSTOLIC, "2026-11-04T12:00:00+01:00", 18.6, "kPa")
                        .add("2026-11-21T08:00:00+01:00", 140, 90)
                        .of(patient);
            }
            return readings.of(patient);
        }
    }

    private static String p(int number) {
        return (number < 7 ? "0" : "f") + "000000%d-0000-4000-8000-000000000000".formatted(number);
    }

    @Test
    void everyRangeIsReadScoredAndWritten() throws IOException {
        RunCounts counts = run(null, NOW);

        assertThat(asked).containsExactly("null@" + NOW, p(3) + "@" + NOW, new PatientSlice(15).after() + "@" + NOW);
        assertThat(counts.patients()).isEqualTo(7);
        assertThat(counts.readings()).isEqualTo(70);
        assertThat(counts.flags().raised()).isEqualTo(7);
        assertThat(store.all(Observation.class)).hasSize(7);
        assertThat(Files.exists(state.resolve("risk-checkpoint.json"))).isFalse();
    }

    @Test
    void interruptedItGoesOnWhereItStoppedWithTheSameStatedInstant() throws IOException {
        breaksAfter = p(3);
        assertThatThrownBy(() -> run(NOW, NOW)).isInstanceOf(TransientFailure.class);
        assertThat(store.all(Observation.class)).hasSize(3);
        breaksAfter = null;
        asked.clear();

        RunCounts counts = run(NOW, NOW.plusSeconds(3600));

        assertThat(asked).containsExactly(p(3) + "@" + NOW, new PatientSlice(15).after() + "@" + NOW);
        assertThat(counts.patients()).isEqualTo(7);
        assertThat(counts.flags().raised()).isEqualTo(7);
        assertThat(store.all(Observation.class)).hasSize(7);
    }

    /** What was measured since it broke off would else be left out as too late, and a flag on it taken back. */
    @Test
    void withoutAStatedInstantEachRangeIsScoredAsOfItsOwnTime() throws IOException {
        breaksAfter = p(3);
        assertThatThrownBy(() -> run(null, NOW)).isInstanceOf(TransientFailure.class);
        breaksAfter = null;
        asked.clear();
        Instant later = NOW.plusSeconds(3600);

        assertThat(run(null, later).patients()).isEqualTo(7);

        assertThat(asked).containsExactly(p(3) + "@" + later, new PatientSlice(15).after() + "@" + later);
    }

    @Test
    void aRunOfAStatedInstantIsNotGoneOnWithByOneWithout() throws IOException {
        breaksAfter = p(3);
        assertThatThrownBy(() -> run(NOW, NOW)).isInstanceOf(TransientFailure.class);
        breaksAfter = null;
        asked.clear();

        run(null, NOW);

        assertThat(asked).first().isEqualTo("null@" + NOW);
    }

    @Test
    void anotherInstantBeginsAnew() throws IOException {
        breaksAfter = p(3);
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
        store.killAfter(2);
        assertThatThrownBy(() -> run(null, NOW)).isInstanceOf(Killed.class);
        assertThat(store.all(Observation.class)).hasSize(6);

        RunCounts counts = run(null, NOW);

        assertThat(counts.patients()).isEqualTo(7);
        assertThat(counts.flags().raised()).isEqualTo(4);
        assertThat(counts.flags().unchanged()).isEqualTo(3);
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
        full = true;
        assertThat(run(null, NOW).leftOut()).isEmpty();
        assertThat(state.resolve("risk-left-out.ndjson"))
                .as("of the last run alone")
                .doesNotExist();
    }

    @Test
    void aRunThatGoesOnKeepsWhatWasCountedAndListedBefore() throws IOException {
        withFaults = true;
        breaksAfter = p(3);
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

    @Test
    void ofWhomTheServerNamesNoFlagNoneIsAskedFor() throws IOException {
        run(null, NOW);
        cohort.beside = Map.of(p(1), Set.of("Condition"), p(2), Set.of("risk-flag"));
        full = true;

        FlagChanges changes = run(null, NOW).flags();

        assertThat(store.conflicts()).as("believed to have none, and written").isEqualTo(1);
        assertThat(changes.raised()).as("the store knew better").isZero();
        assertThat(changes.unchanged()).isEqualTo(7);
    }

    @Test
    void askedToStopItFinishesItsRangeAndTellsSo() {
        stopsAfter = p(3);

        assertThatThrownBy(() -> run(null, NOW)).isInstanceOf(RunStopped.class);

        assertThat(store.all(Observation.class))
                .as("the range at work is written")
                .hasSize(6);
        assertThat(log.told).last().isEqualTo("failed 6");
        assertThat(state.resolve("risk-checkpoint.json")).exists();
        assertThat(state.resolve("risk-last-run.json")).doesNotExist();
    }

    @Test
    void theNextRunReadsWhoHasChangedAndKeepsWhatItSaw() throws IOException {
        run(null, NOW);
        assertThat(readEverybody).isTrue();
        cohort.change(2, HomeReadings.daily(6, 150, 95));

        RunCounts counts = run(null, NOW.plusSeconds(900));

        assertThat(readEverybody).isFalse();
        assertThat(counts.patients()).isEqualTo(1);
        assertThat(counts.flags().changed()).isEqualTo(1);
        assertThat(log.told.get(2)).endsWith(", since 101");
        assertThat(run(null, NOW.plusSeconds(1800)).patients()).isZero();
        assertThat(log.told.get(4)).endsWith(", since 102");
    }

    @Test
    void aRunThatBrokeOffIsReadFromWhereItBegan() throws IOException {
        run(null, NOW);
        cohort.change(2, HomeReadings.daily(6, 150, 95));
        breaksAfter = new PatientSlice(15).after();
        assertThatThrownBy(() -> run(null, NOW.plusSeconds(900))).isInstanceOf(TransientFailure.class);
        breaksAfter = null;
        cohort.change(1, HomeReadings.daily(6, 150, 95));

        assertThat(run(null, NOW.plusSeconds(1800)).patients())
                .as("the interrupted run goes on, behind the slice of the change")
                .isEqualTo(1);
        assertThat(run(null, NOW.plusSeconds(2700)).patients())
                .as("what came behind the back of the interrupted run")
                .isEqualTo(1);
    }

    @Test
    void patientsWhoseFlagsWereRefusedAreReadAgain() throws IOException {
        run(null, NOW);
        cohort.change(2, HomeReadings.daily(6, 150, 95));
        store.refuseThoseOf(p(2));
        assertThat(run(null, NOW.plusSeconds(900)).flags().failed()).isEqualTo(1);
        store.refuseThoseOf(null);

        RunCounts counts = run(null, NOW.plusSeconds(1800));

        assertThat(counts.patients()).isEqualTo(1);
        assertThat(counts.flags().changed()).isEqualTo(1);
    }

    @Test
    void everybodyIsComputedAgainWhenTheLastLookAtThemIsADayOld() throws IOException {
        run(null, NOW);
        run(null, NOW.plus(LastRun.FRESH).minusSeconds(1));
        assertThat(readEverybody).isFalse();

        assertThat(run(null, NOW.plus(LastRun.FRESH)).patients()).isEqualTo(7);
        assertThat(readEverybody).isTrue();
        run(null, NOW.plus(LastRun.FRESH).plusSeconds(900));
        assertThat(readEverybody).isFalse();
    }

    @Test
    void whatGrowsOldWithoutANewReadingIsNoticedWithinADay() throws IOException {
        run(null, NOW);
        assertThat(rule.scores).allSatisfy((patient, score) -> assertThat(score).isInstanceOf(RiskResult.Raised.class));

        run(null, NOW.plus(Duration.ofDays(30)));

        assertThat(rule.scores)
                .allSatisfy((patient, score) -> assertThat(score).isInstanceOf(RiskResult.NotComputable.class));
        assertThat(written().values())
                .filteredOn(flag -> flag.contains(Codes.NOT_COMPUTABLE_SUMMARY))
                .hasSize(7);
    }

    @Test
    void fullReadsEverybody() throws IOException {
        run(null, NOW);
        full = true;

        assertThat(run(null, NOW.plusSeconds(900)).patients()).isEqualTo(7);
    }

    @Test
    void aStatedInstantFollowsARunOfTheSameAlone() throws IOException {
        run(NOW, NOW);
        run(NOW, NOW.plusSeconds(900));
        assertThat(readEverybody).isFalse();

        run(NOW.plusSeconds(60), NOW.plusSeconds(900));
        assertThat(readEverybody).as("another instant judges other readings").isTrue();
        run(null, NOW.plusSeconds(1800));
        assertThat(readEverybody)
                .as("what lay behind a stated instant was left out")
                .isTrue();
    }

    @Test
    void aServerThatWasRestoredIsReadWhole() throws IOException {
        run(null, NOW);
        cohort.restored = true;
        assertThatThrownBy(() -> run(null, NOW.plusSeconds(900))).isInstanceOf(UnknownSequence.class);

        assertThat(run(null, NOW.plusSeconds(1800)).patients()).isEqualTo(7);
    }

    /** The rule, and what it said of whom and how often. */
    private static final class KeptScores implements RiskModel {

        private final HomeBloodPressureRule rule = new HomeBloodPressureRule();
        private final Map<String, RiskResult> scores = new ConcurrentSkipListMap<>();

        @Override
        public ModelInputs inputs() {
            return rule.inputs();
        }

        @Override
        public ModelIdentity identity() {
            return rule.identity();
        }

        @Override
        public RiskResult score(PatientFeatures features) {
            RiskResult result = rule.score(features);
            scores.put(features.patient(), result);
            return result;
        }
    }

    /** Patients of all slices, some with nothing to judge by, some of whom a flag is raised. */
    private void manyPatients(int count) {
        full = true;
        cohort.patients.clear();
        for (int i = 0; i < count; i++) {
            String id = UUID.nameUUIDFromBytes(("patient " + i).getBytes(StandardCharsets.UTF_8))
                    .toString();
            cohort.patients.put(id, HomeReadings.daily(1 + i % 6, 118 + i % 70 + i / 97.0, 71 + i % 40 + i / 89.0));
        }
    }

    /** What stands on the server, without the ids that it gives. */
    private Map<String, String> written() {
        return store.all(Observation.class).stream()
                .collect(Collectors.toMap(
                        flag -> flag.getIdentifierFirstRep().getValue(),
                        flag -> FhirContext.forR4Cached().newJsonParser().encodeResourceToString(flag.setId((String)
                                null))));
    }

    @Test
    void fourThreadsGiveTheSameScoresAndFlagsAsOne() throws IOException {
        manyPatients(300);
        RunCounts ofOne = run(null, NOW);
        Map<String, RiskResult> scoresOfOne = Map.copyOf(rule.scores);
        Map<String, String> writtenByOne = written();
        rule.scores.clear();
        store.clear();
        threads = 4;

        RunCounts ofFour = run(null, NOW);

        assertThat(rule.scores).hasSize(300).isEqualTo(scoresOfOne);
        assertThat(written()).isEqualTo(writtenByOne);
        assertThat(ofFour).isEqualTo(ofOne);
        assertThat(ofOne.flags().raised()).isBetween(50, 250);
        assertThat(ofOne.flags().notComputable()).isBetween(50, 250);
    }

    @Test
    void killedHalfWayItGoesOnWithOtherThreadsAndWritesNothingTwice() throws IOException {
        manyPatients(300);
        run(NOW, NOW);
        Map<String, String> uninterrupted = written();
        store.clear();
        asked.clear();
        threads = 4;
        store.killAfter(60);
        assertThatThrownBy(() -> run(NOW, NOW)).isInstanceOf(Killed.class);
        assertThat(written()).hasSizeBetween(80, 200);
        assertThat(asked).doesNotHaveDuplicates();
        asked.clear();
        threads = 3;

        RunCounts counts = run(NOW, NOW.plusSeconds(3600));

        assertThat(counts.patients()).isEqualTo(300);
        assertThat(written()).isEqualTo(uninterrupted);
        assertThat(store.all(Observation.class)).hasSameSizeAs(uninterrupted.entrySet());
        assertThat(store.all(Task.class))
                .hasSize(counts.flags().raised() + counts.flags().unchanged());
        assertThat(asked).as("finished ranges are not read again").hasSizeLessThan(80);
    }

    @Test
    void aSliceThatFailsEndsTheOthersBehindTheirRange() throws IOException {
        manyPatients(300);
        threads = 2;
        breaksAfter = new PatientSlice(1).after();

        assertThatThrownBy(() -> run(null, NOW)).hasMessage("the server went away");

        int counted = Integer.parseInt(log.told.get(log.told.size() - 1).substring("failed ".length()));
        assertThat(rule.scores).as("what was told is what was done").hasSize(counted);
        assertThat(counted).isLessThan(60);
    }

    @Test
    void aRunThatBrokeOffIsReportedOnceAndItsWholeOnceWhateverCameBetween() throws IOException {
        KeptReports kept = KeptReports.ofEachRun(state);
        reports = kept;
        breaksAfter = p(3);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> run(null, NOW)).hasMessage("the server went away");
        }
        breaksAfter = null;

        run(null, NOW.plusSeconds(60));

        List<RunSummary> told = new ArrayList<>();
        kept.tell((report, now) -> told.add(report), Clock.fixed(NOW.plusSeconds(61), ZoneOffset.UTC));
        assertThat(told).hasSize(2).extracting(RunSummary::id).doesNotHaveDuplicates();
        assertThat(told.get(0)).satisfies(first -> {
            assertThat(first.isComplete()).isFalse();
            assertThat(first.brokenOff()).isEqualTo(1);
            assertThat(first.counts().patients()).isEqualTo(3);
        });
        assertThat(told.get(1)).satisfies(second -> {
            assertThat(second.isComplete()).isTrue();
            assertThat(second.everybody()).isEqualTo(1);
            assertThat(second.brokenOff()).isEqualTo(3);
            assertThat(second.counts().patients()).as("each once").isEqualTo(7);
            assertThat(second.start()).isEqualTo(NOW.toString());
            assertThat(second.end()).isEqualTo(NOW.plusSeconds(60).toString());
        });
    }

    @Test
    void aRunThatDiesBetweenItsReportAndItsEndIsReportedOnce() throws IOException {
        KeptReports kept = KeptReports.ofEachRun(state);
        reports = new RunReports() {
            @Override
            public void completed(Checkpoint.State whole, Instant now) throws IOException {
                kept.completed(whole, now);
                reports = kept;
                throw new TransientFailure("killed");
            }

            @Override
            public void brokeOff(Checkpoint.State reached, Instant now) {}
        };
        assertThatThrownBy(() -> run(null, NOW)).hasMessage("killed");

        run(null, NOW);

        List<RunSummary> told = new ArrayList<>();
        kept.tell((report, now) -> told.add(report), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(told)
                .singleElement()
                .satisfies(report -> assertThat(report.counts().patients()).isEqualTo(7));
    }

    private RunCounts run(@Nullable Instant asOf, Instant now) throws IOException {
        RunResult result =
                job(new Retry(3, Duration.ofMillis(1), duration -> {})).run(order(asOf, now));
        readEverybody = result.full();
        return result.counts();
    }

    private RiskScoringJob.Order order(@Nullable Instant asOf, Instant now) {
        return new RiskScoringJob.Order("http://server/fhir", 3, asOf, InstantSource.fixed(now), Duration.ZERO, full);
    }

    private RiskScoringJob job(Retry retry) throws IOException {
        return new RiskScoringJob(
                cohort,
                new PatientRangeScoring(List.of(rule)),
                new FlagWriter(store, retry, Clock.fixed(NOW, ZoneOffset.UTC)),
                new Workers(threads),
                Turn.AT_ONCE,
                stop,
                RunFiles.in(state, reports),
                counts -> {},
                log);
    }
}
