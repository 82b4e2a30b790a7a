package eu.sinusnode.analysis.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** What holds for every series of plausible intervals. */
class RrLawsTest {

    @Provide
    Arbitrary<int[]> series() {
        return Arbitraries.integers().between(300, 2000).array(int[].class).ofSize(30);
    }

    @Provide
    Arbitrary<int[]> withArtefacts() {
        return Arbitraries.integers()
                .between(1, 20_000)
                .array(int[].class)
                .ofMinSize(0)
                .ofMaxSize(200);
    }

    @Property
    void relativeStatisticsDoNotDependOnTheHeartRate(
            @ForAll("series") int[] intervals, @ForAll @DoubleRange(min = 0.5, max = 2) double factor) {
        double[] rr = doubles(intervals);
        double[] scaled = Arrays.stream(rr).map(interval -> interval * factor).toArray();

        assertThat(RrStatistics.normalisedRmssd(scaled)).isCloseTo(RrStatistics.normalisedRmssd(rr), within(1e-9));
        assertThat(RrStatistics.turningPointRatio(scaled)).isEqualTo(RrStatistics.turningPointRatio(rr));
        assertThat(RrStatistics.mean(scaled)).isCloseTo(RrStatistics.mean(rr) * factor, within(1e-9));
    }

    @Property
    void anotherOrderOfTheSameIntervalsHasTheSameSpread(@ForAll("series") int[] intervals) {
        double[] sorted = doubles(intervals);
        Arrays.sort(sorted);

        assertThat(RrStatistics.shannonEntropy(sorted)).isEqualTo(RrStatistics.shannonEntropy(doubles(intervals)));
        assertThat(RrStatistics.turningPointRatio(sorted)).isZero();
        assertThat(RrStatistics.rmssd(sorted)).isLessThanOrEqualTo(RrStatistics.rmssd(doubles(intervals)) + 1e-9);
    }

    @Property
    void ratiosAndEntropiesLieBetweenZeroAndOne(@ForAll("series") int[] intervals) {
        double[] rr = doubles(intervals);

        assertThat(List.of(RrStatistics.turningPointRatio(rr), RrStatistics.shannonEntropy(rr)))
                .allSatisfy(value -> assertThat(value).isBetween(0.0, 1.0 + 1e-12));
    }

    @Property
    void everyFeatureOfAUsableWindowIsFinite(@ForAll("series") int[] intervals) {
        assertThat(boxed(RhythmFeature.allOf(doubles(intervals))))
                .hasSize(RhythmFeature.values().length)
                .allSatisfy(value -> assertThat(value).isFinite());
    }

    @Property
    void windowsNeverHoldAnArtefactAndAccountForEveryInterval(@ForAll("withArtefacts") int[] intervals) {
        List<RrWindow> windows = RrWindow.of(intervals);

        assertThat(windows).hasSize(intervals.length / RrWindow.BEATS).allSatisfy(window -> {
            assertThat(boxed(window.intervals()))
                    .allSatisfy(interval -> assertThat(interval).isBetween(300.0, 2000.0));
            assertThat(window.intervals().length + window.rejected()).isEqualTo(RrWindow.BEATS);
            assertThat(window.isUsable()).isEqualTo(window.rejected() <= 3);
        });
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static double[] doubles(int[] intervals) {
        return Arrays.stream(intervals).asDoubleStream().toArray();
    }
}
