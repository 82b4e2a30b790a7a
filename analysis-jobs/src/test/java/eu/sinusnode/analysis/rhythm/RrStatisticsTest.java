package eu.sinusnode.analysis.rhythm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statistic against a second, plain way of computing it, on random series. */
class RrStatisticsTest {

    private static final double EXACT = 1e-12;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalTheirDefinitions(long seed) {
        double[] rr = random(seed);

        assertThat(RrStatistics.mean(rr)).isCloseTo(Arrays.stream(rr).average().orElseThrow(), within(1e-9));
        assertThat(RrStatistics.rmssd(rr)).isCloseTo(rmssd(rr), within(1e-9));
        assertThat(RrStatistics.normalisedRmssd(rr)).isCloseTo(rmssd(rr) / RrStatistics.mean(rr), within(EXACT));
        assertThat(RrStatistics.turningPointRatio(rr)).isCloseTo(turningPoints(rr), within(EXACT));
        assertThat(RrStatistics.shannonEntropy(rr)).isCloseTo(intervalEntropy(rr), within(EXACT));
        assertThat(RrStatistics.coefficientOfSampleEntropy(rr)).isCloseTo(cosen(rr), within(1e-9));
    }

    @Test
    void medianOfOddAndEvenCounts() {
        assertThat(RrStatistics.median(new double[] {900, 700, 800})).isEqualTo(800);
        assertThat(RrStatistics.median(new double[] {900, 700, 800, 1000})).isEqualTo(850);
    }

    @Test
    void turningPointsOfARandomSeriesAreTwoThirds() {
        Random random = new Random(11);
        double[] rr = random.doubles(100_000, 500, 1200).toArray();

        assertThat(RrStatistics.turningPointRatio(rr)).isCloseTo(2 / 3.0, within(0.01));
    }

    @Test
    void aSteadyRhythmHasNoIrregularity() {
        double[] rr = new double[30];
        Arrays.fill(rr, 800);

        assertThat(RrStatistics.rmssd(rr)).isZero();
        assertThat(RrStatistics.turningPointRatio(rr)).isZero();
        assertThat(RrStatistics.shannonEntropy(rr)).isZero();
        // Every template matches: ln(2 * 30 / 800).
        assertThat(RrStatistics.coefficientOfSampleEntropy(rr)).isCloseTo(Math.log(0.075), within(EXACT));
    }

    @Test
    void respiratorySinusArrhythmiaStaysFarBelowRandomIntervals() {
        double[] breathing = IntStream.range(0, 30)
                .mapToDouble(beat -> 850 + 60 * Math.sin(2 * Math.PI * beat / 4.5))
                .toArray();

        assertThat(RrStatistics.coefficientOfSampleEntropy(breathing))
                .isLessThan(RrStatistics.coefficientOfSampleEntropy(random(5)) - 0.5);
    }

    private static double[] random(long seed) {
        return new Random(seed).doubles(30, 400, 1200).toArray();
    }

    private static double rmssd(double[] rr) {
        return Math.sqrt(IntStream.range(1, rr.length)
                .mapToDouble(i -> Math.pow(rr[i] - rr[i - 1], 2))
                .average()
                .orElseThrow());
    }

    private static double turningPoints(double[] rr) {
        return IntStream.range(1, rr.length - 1)
                        .filter(i -> Math.signum(rr[i] - rr[i - 1]) * Math.signum(rr[i + 1] - rr[i]) == -1)
                        .count()
                / (double) (rr.length - 2);
    }

    private static double intervalEntropy(double[] rr) {
        double[] sorted = rr.clone();
        Arrays.sort(sorted);
        double median = (sorted[14] + sorted[15]) / 2;
        return entropy(Arrays.stream(rr)
                .map(interval -> Math.floor(interval / median * 20 + 0.5))
                .toArray());
    }

    private static double entropy(double[] classes) {
        Map<Double, Integer> counts = new HashMap<>();
        Arrays.stream(classes).forEach(one -> counts.merge(one, 1, Integer::sum));
        double bits = counts.values().stream()
                .mapToDouble(count -> count / (double) classes.length)
                .map(share -> -share * Math.log(share) / Math.log(2))
                .sum();
        return bits / (Math.log(classes.length) / Math.log(2));
    }

    /** Grows the tolerance through all distances that occur until five templates of length two match. */
    private static double cosen(double[] rr) {
        List<Double> distances = new ArrayList<>();
        for (int i = 0; i < rr.length - 1; i++) {
            for (int j = 0; j < i; j++) {
                distances.add(Math.max(Math.abs(rr[i] - rr[j]), Math.abs(rr[i + 1] - rr[j + 1])));
            }
        }
        double tolerance = distances.stream()
                .sorted()
                .filter(distance -> pairs(rr, distance, 2) >= 5)
                .findFirst()
                .map(distance -> Math.max(30, distance))
                .orElseThrow();
        double mean = Arrays.stream(rr).average().orElseThrow();
        return Math.log(pairs(rr, tolerance, 1) / (double) pairs(rr, tolerance, 2) * 2 * tolerance / mean);
    }

    private static long pairs(double[] rr, double tolerance, int length) {
        long pairs = 0;
        for (int i = 0; i < rr.length - 1; i++) {
            for (int j = 0; j < i; j++) {
                int from = i;
                int other = j;
                boolean match =
                        IntStream.range(0, length).allMatch(k -> Math.abs(rr[from + k] - rr[other + k]) <= tolerance);
                pairs += match ? 1 : 0;
            }
        }
        return pairs;
    }
}
