package eu.sinusnode.analysis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The features of both courses, against sums that share no code with them. */
class CoursesAgainstBruteForceTest {

    private static final int DAYS = 28;
    private static final LocalDate LAST = LocalDate.of(2026, 11, 20);

    @RepeatedTest(50)
    void everyFeatureIsThatOfAPlainSum(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        double[] one = days(random, 120, 9, 0.3 + 0.65 * random.nextDouble());
        double[] other = days(random, 72, 5, 0.3 + 0.65 * random.nextDouble());

        double[] pressure = new PressureCourse(new DailyValues(one), new DailyValues(other)).inputs();
        double[] fluid = new FluidCourse(new DailyValues(one), new DailyValues(other)).inputs();

        near(pressure[0], mean(one, 14, 28));
        near(pressure[1], mean(other, 14, 28));
        near(pressure[2], slope(one, 0, 28));
        near(pressure[3], mean(one, 21, 28) - mean(one, 0, 21));
        near(pressure[4], deviation(one));
        near(pressure[5], present(one, 0, 28).length / 28.0);
        double[] three = present(one, 25, 28);
        near(
                fluid[0],
                three.length == 0
                        ? Double.NaN
                        : three[three.length - 1]
                                - Arrays.stream(present(one, 24, 28)).min().orElseThrow());
        near(fluid[1], mean(one, 25, 28) - mean(one, 0, 21));
        near(fluid[2], slope(one, 14, 28));
        near(fluid[3], present(one, 0, 28).length / 28.0);
        near(fluid[4], mean(other, 25, 28) - mean(other, 0, 21));
    }

    @Test
    void aDayCountsOnceAndDaysOutsideDoNot() {
        Function<String, OffsetDateTime> at = OffsetDateTime::parse;
        DailySeries series = DailySeries.of(List.of(
                new Sample(at.apply("2026-10-23T23:59:00+01:00"), 1, "a"),
                new Sample(at.apply("2026-10-24T00:00:00+01:00"), 2, "b"),
                new Sample(at.apply("2026-11-20T06:00:00+01:00"), 80, "c"),
                new Sample(at.apply("2026-11-20T20:00:00+01:00"), 82, "d"),
                new Sample(at.apply("2026-11-21T01:00:00+01:00"), 3, "e")));

        double[] values = DailyValues.of(series, LAST, DAYS).values();

        assertThat(values).hasSize(DAYS);
        assertThat(values[0]).isEqualTo(2);
        assertThat(values[27]).isEqualTo(81);
        assertThat(Arrays.stream(values).filter(Double::isNaN)).hasSize(26);
    }

    @Test
    void whereNothingWasMeasuredThereIsNoNumberAndNoZero() {
        DailyValues none = DailyValues.none(DAYS);
        assertThat(Arrays.stream(new PressureCourse(none, none).inputs()).limit(5))
                .allMatch(value -> Double.isNaN(value));
        assertThat(new PressureCourse(none, none).isControlled()).isFalse();
        assertThat(new FluidCourse(none, none).isWeighedLately()).isFalse();
    }

    private static double[] days(Random random, double level, double spread, double share) {
        return IntStream.range(0, DAYS)
                .mapToDouble(day -> random.nextDouble() < share ? level + spread * random.nextGaussian() : Double.NaN)
                .toArray();
    }

    /** To four decimals, and a half of the last. */
    private static void near(double value, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(value).isNaN();
        } else {
            assertThat(value).isCloseTo(expected, within(0.000051));
        }
    }

    private static double[] present(double[] values, int from, int to) {
        return Arrays.stream(values, from, to)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    private static double mean(double[] values, int from, int to) {
        double[] present = present(values, from, to);
        return present.length == 0
                ? Double.NaN
                : Arrays.stream(present).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double[] present = present(values, 0, DAYS);
        if (present.length < 3) {
            return Double.NaN;
        }
        double square =
                Arrays.stream(present).map(value -> value * value).average().orElseThrow();
        double mean = Arrays.stream(present).average().orElseThrow();
        return Math.sqrt((square - mean * mean) * present.length / (present.length - 1));
    }

    /** By the normal equations. */
    private static double slope(double[] values, int from, int to) {
        List<Integer> days = new ArrayList<>();
        for (int day = from; day < to; day++) {
            if (!Double.isNaN(values[day])) {
                days.add(day);
            }
        }
        if (days.size() < 5) {
            return Double.NaN;
        }
        double n = days.size();
        double x = days.stream().mapToDouble(day -> day).sum();
        double y = days.stream().mapToDouble(day -> values[day]).sum();
        double xy = days.stream().mapToDouble(day -> day * values[day]).sum();
        double xx = days.stream().mapToDouble(day -> (double) day * day).sum();
        return 7 * (n * xy - x * y) / (n * xx - x * x);
    }
}
