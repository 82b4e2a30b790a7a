package eu.sinusnode.server.measurements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against numbers that were worked out by hand, and the definitions written out once more. */
class SampleTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static Sample of(double... values) {
        List<Measurement> measured = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            measured.add(new Measurement(String.valueOf(i), START.plus(Duration.ofDays(i)), values[i]));
        }
        return new Sample(measured);
    }

    private static double value(Statistic statistic, Sample sample) {
        return statistic.of(sample).orElseThrow();
    }

    @Test
    void ofTwoFourFourFourFiveFiveSevenNine() {
        Sample sample = of(2, 4, 4, 4, 5, 5, 7, 9);

        Map.<Statistic, Double>ofEntries(
                        Map.entry(Statistic.AVERAGE, 5.0),
                        Map.entry(Statistic.MINIMUM, 2.0),
                        Map.entry(Statistic.MAXIMUM, 9.0),
                        Map.entry(Statistic.SUM, 40.0),
                        Map.entry(Statistic.MEDIAN, 4.5),
                        Map.entry(Statistic.VARIANCE, 32.0 / 7),
                        Map.entry(Statistic.STANDARD_DEVIATION, Math.sqrt(32.0 / 7)),
                        Map.entry(Statistic.LOWER_QUARTILE, 4.0),
                        Map.entry(Statistic.UPPER_QUARTILE, 5.5),
                        Map.entry(Statistic.QUARTILE_DEVIATION, 0.75),
                        Map.entry(Statistic.PERCENTILE_20, 4.0),
                        Map.entry(Statistic.PERCENTILE_80, 6.2),
                        Map.entry(Statistic.QUINTILE_1, 4.0),
                        Map.entry(Statistic.QUINTILE_2, 4.0),
                        Map.entry(Statistic.QUINTILE_3, 5.0),
                        Map.entry(Statistic.QUINTILE_4, 6.2),
                        // Moments about 5: squares 32, cubes 42, fourth powers 356, each of 8.
                        Map.entry(Statistic.SKEW, 42.0 / 8 / Math.pow(4, 1.5)),
                        Map.entry(Statistic.KURTOSIS, 356.0 / 8 / 16))
                .forEach((statistic, expected) -> assertThat(value(statistic, sample))
                        .as(statistic.code())
                        .isCloseTo(expected, within(1e-9)));
    }

    @Test
    void aLineIsFoundAgain() {
        Sample sample = of(80, 79.5, 79, 78.5, 78);

        Sample.Line line = sample.line(START.minus(Duration.ofDays(2))).orElseThrow();

        assertThat(line.gradient()).isCloseTo(-0.5, within(1e-9));
        assertThat(line.intercept()).isCloseTo(81, within(1e-9));
    }

    @Test
    void whatFewOrEqualValuesDoNotTellIsEmpty() {
        assertThat(Arrays.stream(Statistic.values())
                        .filter(each -> each.of(of()).isPresent()))
                .isEmpty();
        assertThat(Statistic.STANDARD_DEVIATION.of(of(70))).isEmpty();
        assertThat(Statistic.SKEW.of(of(70, 70, 70))).isEmpty();
        assertThat(Statistic.KURTOSIS.of(of(70, 70))).isEmpty();
        assertThat(of(70).line(START)).isEmpty();
        assertThat(Statistic.AVERAGE.of(of(70))).hasValue(70);
        assertThat(Statistic.STANDARD_DEVIATION.of(of(70, 70))).hasValue(0);
    }

    @Test
    void theOrderInWhichItWasMeasuredDoesNotMatter() {
        Random random = new Random(7);
        double[] values = random.doubles(200, 90, 180).toArray();
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        for (Statistic statistic : Statistic.values()) {
            assertThat(statistic.of(of(values))).as(statistic.code()).isEqualTo(statistic.of(of(reversed)));
        }
    }
}
