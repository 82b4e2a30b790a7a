package eu.sinusnode.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * The same figure, taken in several rounds.
 *
 * @param sorted at least one value, ascending
 */
public record Samples(double[] sorted) {

    public static Samples of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("A figure needs at least one round.");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The value that the given share of all values does not exceed (nearest rank). */
    public double quantile(double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
    }

    public double least() {
        return sorted[0];
    }

    public double greatest() {
        return sorted[sorted.length - 1];
    }

    /** Median and, in brackets, the least and the greatest value. */
    public String describe(int decimals) {
        String form = "%." + decimals + "f";
        return String.format(Locale.ROOT, form + " (" + form + " to " + form + ")", median(), least(), greatest());
    }
}
