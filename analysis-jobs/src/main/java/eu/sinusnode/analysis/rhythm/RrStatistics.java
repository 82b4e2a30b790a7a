package eu.sinusnode.analysis.rhythm;

import java.util.Arrays;

/**
 * Statistics of a run of RR intervals. Every method takes intervals in milliseconds in the order of the beats, leaves
 * the array as it is, and needs at least four of them.
 *
 * <p>{@link StrictMath} is used throughout, so that a feature has the same bits on every machine.
 */
public final class RrStatistics {

    /** Smallest tolerance of {@link #coefficientOfSampleEntropy}, in ms (Lake and Moorman 2011 start at 30 ms). */
    static final double COSEN_MINIMUM_TOLERANCE_MS = 30;
    /** Matches of length two that {@link #coefficientOfSampleEntropy} wants before it trusts the ratio. */
    static final int COSEN_MINIMUM_MATCHES = 5;

    private RrStatistics() {}

    /** Arithmetic mean, in ms. */
    public static double mean(double[] rr) {
        double sum = 0;
        for (double interval : rr) {
            sum += interval;
        }
        return sum / rr.length;
    }

    /** Median, in ms; the mean of the two middle values when their number is even. */
    public static double median(double[] rr) {
        double[] sorted = rr.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** RMSSD: square root of the mean squared successive difference, in ms (Task Force ESC/NASPE 1996). */
    public static double rmssd(double[] rr) {
        double sum = 0;
        for (int i = 1; i < rr.length; i++) {
            double difference = rr[i] - rr[i - 1];
            sum += difference * difference;
        }
        return StrictMath.sqrt(sum / (rr.length - 1));
    }

    /** nRMSSD: {@link #rmssd} divided by the mean interval, without unit (Dash 2009, McManus 2013). */
    public static double normalisedRmssd(double[] rr) {
        return rmssd(rr) / mean(rr);
    }

    /**
     * Turning point ratio: the share of inner intervals that are longer, or shorter, than both neighbours; 0 to 1, two
     * thirds in expectation for independent random intervals (Dash 2009).
     */
    public static double turningPointRatio(double[] rr) {
        int turning = 0;
        for (int i = 1; i < rr.length - 1; i++) {
            boolean peak = rr[i] > rr[i - 1] && rr[i] > rr[i + 1];
            boolean trough = rr[i] < rr[i - 1] && rr[i] < rr[i + 1];
            if (peak || trough) {
                turning++;
            }
        }
        return turning / (double) (rr.length - 2);
    }

    /**
     * Shannon entropy of the intervals, relative to their median and in classes of 5 % of it, divided by the entropy of
     * n intervals that all differ; 0 to 1. Fixed classes and not minimum-to-maximum ones: these also give calm sinus
     * rhythm a high entropy.
     */
    public static double shannonEntropy(double[] rr) {
        double median = median(rr);
        long[] classes = new long[rr.length];
        for (int i = 0; i < rr.length; i++) {
            classes[i] = (long) StrictMath.floor(rr[i] / median / 0.05 + 0.5);
        }
        return relativeEntropy(classes);
    }

    /**
     * Coefficient of sample entropy, without unit (Lake and Moorman 2011, Am J Physiol Heart Circ Physiol 300:H319):
     * {@code -ln(a / b) + ln(2 r) - ln(mean)}. The tolerance r is 30 ms, or the smallest that gives five matches of
     * length two, whichever is larger. High in atrial fibrillation, low in sinus rhythm at any rate.
     */
    public static double coefficientOfSampleEntropy(double[] rr) {
        double tolerance = Math.max(COSEN_MINIMUM_TOLERANCE_MS, distanceOfFifthMatch(rr));
        long[] matches = matches(rr, tolerance);
        return -StrictMath.log(matches[1] / (double) matches[0])
                + StrictMath.log(2 * tolerance)
                - StrictMath.log(mean(rr));
    }

    private static double distanceOfFifthMatch(double[] rr) {
        int templates = rr.length - 1;
        double[] distances = new double[templates * (templates - 1) / 2];
        int next = 0;
        for (int i = 0; i < templates; i++) {
            for (int j = i + 1; j < templates; j++) {
                distances[next++] = Math.max(Math.abs(rr[i] - rr[j]), Math.abs(rr[i + 1] - rr[j + 1]));
            }
        }
        Arrays.sort(distances);
        return distances[Math.min(COSEN_MINIMUM_MATCHES, distances.length) - 1];
    }

    /** Pairs of templates that match at length one, and at length two. */
    private static long[] matches(double[] rr, double tolerance) {
        long one = 0;
        long two = 0;
        for (int i = 0; i < rr.length - 1; i++) {
            for (int j = i + 1; j < rr.length - 1; j++) {
                if (Math.abs(rr[i] - rr[j]) <= tolerance) {
                    one++;
                    if (Math.abs(rr[i + 1] - rr[j + 1]) <= tolerance) {
                        two++;
                    }
                }
            }
        }
        return new long[] {one, two};
    }

    private static double relativeEntropy(long[] classes) {
        long[] sorted = classes.clone();
        Arrays.sort(sorted);
        double entropy = 0;
        int from = 0;
        while (from < sorted.length) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double share = (to - from) / (double) sorted.length;
            entropy -= share * StrictMath.log(share);
            from = to;
        }
        return entropy / StrictMath.log(sorted.length);
    }
}
