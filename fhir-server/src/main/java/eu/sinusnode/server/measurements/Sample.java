package eu.sinusnode.server.measurements;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The values of a series, for statistics. What cannot be told of so few values, or of values that are all alike, is empty
 * and never zero.
 */
final class Sample {

    private static final double MILLIS_A_DAY = 86_400_000;

    private final List<Measurement> measurements;
    private final double[] sorted;
    private final double mean;

    Sample(List<Measurement> measurements) {
        this.measurements = measurements;
        this.sorted =
                measurements.stream().mapToDouble(Measurement::value).sorted().toArray();
        this.mean = Arrays.stream(sorted).average().orElse(Double.NaN);
    }

    /** A line by least squares: value = intercept + gradient * days. */
    record Line(double gradient, double intercept) {}

    int count() {
        return sorted.length;
    }

    OptionalDouble mean() {
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    OptionalDouble sum() {
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(sorted).sum());
    }

    /** Interpolated between the two values that lie next to it, as PostgreSQL's {@code percentile_cont}. */
    OptionalDouble quantile(double fraction) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double place = fraction * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return OptionalDouble.of(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }

    /** Of a sample: divided by one less than the count. */
    OptionalDouble variance() {
        return sorted.length < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(moment(2) * sorted.length / (sorted.length - 1));
    }

    /** Third standardized moment of the values. */
    OptionalDouble skew() {
        return standardized(3);
    }

    /** Fourth standardized moment of the values: 3 for a normal distribution. */
    OptionalDouble kurtosis() {
        return standardized(4);
    }

    private OptionalDouble standardized(int order) {
        return varies() ? OptionalDouble.of(moment(order) / Math.pow(moment(2), order / 2.0)) : OptionalDouble.empty();
    }

    private boolean varies() {
        return sorted.length > 1 && sorted[0] < sorted[sorted.length - 1];
    }

    private double moment(int order) {
        return Arrays.stream(sorted)
                .map(value -> Math.pow(value - mean, order))
                .average()
                .orElseThrow();
    }

    /** @param zero the instant at which the line has its intercept; empty when all were measured at one instant */
    Optional<Line> line(Instant zero) {
        double meanDay = measurements.stream()
                .mapToDouble(each -> days(zero, each.at()))
                .average()
                .orElse(Double.NaN);
        double squares = 0;
        double products = 0;
        for (Measurement each : measurements) {
            double day = days(zero, each.at()) - meanDay;
            squares += day * day;
            products += day * (each.value() - mean);
        }
        return squares > 0
                ? Optional.of(new Line(products / squares, mean - products / squares * meanDay))
                : Optional.empty();
    }

    private static double days(Instant zero, Instant at) {
        return Duration.between(zero, at).toMillis() / MILLIS_A_DAY;
    }
}
