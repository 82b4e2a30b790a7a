package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.flag.FakeFlagStore;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.job.Turn;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.HomeReadings;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose flags are asked for, and how. */
class WatchRunTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final FakeFlagStore store = new FakeFlagStore();
    private final PatientRangeScoring models = new PatientRangeScoring(List.of(new HomeBloodPressureRule()));
    private final List<PatientReadings> patients = Stream.of("p", "q", "r")
            .map(id -> HomeReadings.daily(5, 150, 95).of(id))
            .toList();

    @BeforeEach
    void everybodyIsFlagged() {
        new FlagWriter(store, new Retry(1, Duration.ofMillis(1), duration -> {}), Clock.fixed(NOW, ZoneOffset.UTC))
                .write(models.score(models.features(patients, NOW)), Set.of("p", "q", "r"), Instant.MAX);
    }

    private void read(Map<String, Set<String>> beside) {
        new WatchRun(request -> new PatientRange(patients, beside, "r", false, 1), store, models.models(), Turn.AT_ONCE)
                .read(NOW);
    }

    @Test
    void theFlagsOfARangeAreReadTogether() {
        read(Map.of());

        assertThat(store.askedAlone()).isEmpty();
        assertThat(store.askedTogether()).containsExactly(Set.of("p", "q", "r"));
    }

    @Test
    void whomASearchForManyLeavesOutIsAskedForAloneAndWhoHasNoneIsNot() {
        store.leaveOut("q");

        read(Map.of("r", Set.of("Condition")));

        assertThat(store.askedTogether()).containsExactly(Set.of("p", "q"));
        assertThat(store.askedAlone()).containsExactly("q");
    }
}
