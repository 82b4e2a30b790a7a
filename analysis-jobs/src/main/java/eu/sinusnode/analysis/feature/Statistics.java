package eu.sinusnode.analysis.feature;

import java.util.Arrays;

/** Statistics of a few numbers, in the order in which they were measured. The arrays are left as they are. */
public final class Statistics {

    private Statistics() {}

    /** Arithmetic mean; of at least one value. */
    public static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    /** The mean of the two middle values when their number is even; of at least one value. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Standard deviation of the sample (divided by n - 1); of at least two values. */
    public static double standardDeviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return StrictMath.sqrt(squares / (values.length - 1));
    }

    /** Average real variability: the mean distance of neighbours (Mena 2005, J Hypertens 23:505); of at least two. */
    public static double averageRealVariability(double[] values) {
        double distances = 0;
        for (int i = 1; i < values.length; i++) {
            distances += Math.abs(values[i] - values[i - 1]);
        }
        return distances / (values.length - 1);
    }

    /**
     * Theil-Sen slope: the median of the slopes of all pairs (Sen 1968, J Am Stat Assoc 63:1379). Up to 29 % of the points
     * may be outliers.
     *
     * @param x all different; at least two
     */
    public static double slope(double[] x, double[] y) {
        double[] slopes = new double[x.length * (x.length - 1) / 2];
        int next = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                slopes[next++] = (y[j] - y[i]) / (x[j] - x[i]);
            }
        }
        return median(slopes);
    }
}
