package eu.sinusnode.analysis.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptReportsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-11-21T00:00:01Z");

    @TempDir
    private Path directory;

    private final List<RunSummary> told = new ArrayList<>();

    @Test
    void theRunsOfADayAreOneReportWhenTheDayIsOver() throws IOException {
        KeptReports reports = KeptReports.ofEachDay(directory);
        reports.completed(run("1", 4, 3), NOON);
        reports.completed(run("2", 4, 2), NOON.plusSeconds(60));
        reports.brokeOff(run("3", 4, 9), NOON.plusSeconds(120));

        tell(reports, NOON.plusSeconds(180));
        assertThat(told).as("it goes on").isEmpty();
        tell(reports, NEXT_DAY);
        tell(reports, NEXT_DAY);

        assertThat(told).singleElement().satisfies(day -> {
            assertThat(day.id()).isEqualTo("1");
            assertThat(day.news()).isEqualTo(2);
            assertThat(day.everybody()).isZero();
            assertThat(day.brokenOff()).isEqualTo(1);
            assertThat(day.isComplete()).isTrue();
            assertThat(day.counts().patients()).as("of those that completed").isEqualTo(5);
            assertThat(day.counts().leftOut(Fault.WEIGHT_JUMP)).isEqualTo(2);
            assertThat(day.counts().flags().raised()).isEqualTo(2);
            assertThat(day.end()).isEqualTo(NOON.plusSeconds(120).toString());
        });
    }

    @Test
    void aDayIsOverWhenARunOfTheNextIs() throws IOException {
        KeptReports reports = KeptReports.ofEachDay(directory);
        reports.completed(run("1", 4, 3), NOON);
        reports.completed(run("2", 4, 3), NEXT_DAY);

        tell(reports, NEXT_DAY);

        assertThat(told).extracting(RunSummary::id).containsExactly("1");
    }

    @Test
    void aDayOnWhichNoRunCameToItsEndIsNotComplete() throws IOException {
        KeptReports reports = KeptReports.ofEachDay(directory);
        reports.brokeOff(run("1", 4, 3), NOON);

        tell(reports, NEXT_DAY);

        assertThat(told).singleElement().satisfies(day -> {
            assertThat(day.isComplete()).isFalse();
            assertThat(day.counts()).isEqualTo(RunCounts.NONE);
        });
    }

    /** One patient who measures each minute is one person behind a thousand scorings. */
    @Test
    void whetherTenPeopleStandBehindADayIsNotCountedByRuns() throws IOException {
        KeptReports reports = KeptReports.ofEachDay(directory);
        for (int i = 0; i < 50; i++) {
            reports.completed(run("a" + i, 4, 9), NOON.plusSeconds(i));
        }
        tell(reports, NEXT_DAY);
        assertThat(told.get(0).counts().patients()).isEqualTo(450);
        assertThat(told.get(0).tellsOfEnoughPeople()).isFalse();

        reports.completed(run("b", 4, 9), NEXT_DAY);
        reports.completed(run("c", 4, 12), NEXT_DAY);
        tell(reports, NEXT_DAY.plusSeconds(86_400));

        assertThat(told.get(1).tellsOfEnoughPeople()).isTrue();
        assertThat(told.get(1).people()).hasSize(RunSummary.ENOUGH);
    }

    @Test
    void aRunThatIsConcludedAgainCountsOnce() throws IOException {
        KeptReports.ofEachDay(directory).completed(run("1", 4, 3), NOON);
        KeptReports.ofEachDay(directory).completed(run("1", 4, 3), NOON);

        tell(KeptReports.ofEachDay(directory), NEXT_DAY);

        assertThat(told).singleElement().extracting(RunSummary::news).isEqualTo(1);
    }

    @Test
    void whatIsNotTakenIsToldAgainAndTheRestAfterIt() throws IOException {
        KeptReports reports = KeptReports.ofEachRun(directory);
        reports.completed(run("1", null, 30), NOON);
        reports.completed(run("2", null, 30), NOON);
        Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
        assertThatThrownBy(() -> reports.tell(
                        (report, now) -> {
                            throw new TransientFailure("away");
                        },
                        clock))
                .hasMessage("away");

        tell(KeptReports.ofEachRun(directory), NOON);

        assertThat(told).extracting(RunSummary::id).containsExactly("1", "2");
    }

    @Test
    void aRunThatBreaksOffBeforeItScoredAnybodyIsOnlyCounted() throws IOException {
        KeptReports reports = KeptReports.ofEachRun(directory);
        for (int i = 0; i < 60; i++) {
            reports.brokeOff(run("x" + i, null, 0), NOON.plusSeconds(i));
        }
        tell(reports, NOON.plusSeconds(61));
        assertThat(told).isEmpty();

        reports.completed(run("y", null, 30), NOON.plusSeconds(100));
        tell(reports, NOON.plusSeconds(100));

        assertThat(told).singleElement().satisfies(report -> {
            assertThat(report.everybody()).isEqualTo(1);
            assertThat(report.brokenOff()).isEqualTo(60);
            assertThat(report.start()).isEqualTo(NOON.toString());
        });
    }

    private void tell(KeptReports reports, Instant now) throws IOException {
        reports.tell((report, when) -> told.add(report), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Checkpoint.State run(String id, @Nullable Integer since, int patients) {
        return new Checkpoint.State(
                id,
                NOON.toString(),
                "http://server/fhir",
                NOON.toString(),
                false,
                List.of("a-rule 1"),
                since == null ? null : since.longValue(),
                7L,
                List.of(),
                new RunCounts(patients, 100, 0, Map.of(Fault.WEIGHT_JUMP, 1L), new FlagChanges(1, 0, 0, 0, 0, 0, 0, 0)),
                IntStream.range(0, Math.min(patients, RunSummary.ENOUGH))
                        .mapToObj(number -> "p" + number)
                        .toList());
    }
}
