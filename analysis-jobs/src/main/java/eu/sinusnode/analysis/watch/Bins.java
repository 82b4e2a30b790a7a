package eu.sinusnode.analysis.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A distribution in bins that hold a tenth of the reference each, or more where many values are equal.
 *
 * @param edges rising; a value belongs to the bin behind the edges that it is not below
 * @param counts of the reference, one more than edges
 * @param patients whom the reference is of
 */
public record Bins(List<Double> edges, List<Long> counts, int patients) {

    private static final int TENTHS = 10;
    /** What an empty bin counts as, so that its logarithm is one. Usual, e.g. Siddiqi 2006, Credit Risk Scorecards. */
    private static final double LEAST_SHARE = 0.0001;

    /** @param values of the reference, in any order; at least one */
    public static Bins of(double[] values, int patients) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        List<Double> edges = new ArrayList<>();
        for (int tenth = 1; tenth < TENTHS; tenth++) {
            double edge = sorted[(int) ((long) sorted.length * tenth / TENTHS)];
            if (edge > sorted[0] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                edges.add(edge);
            }
        }
        return new Bins(edges, count(edges, sorted), patients);
    }

    private static List<Long> count(List<Double> edges, double[] values) {
        Long[] counts = new Long[edges.size() + 1];
        Arrays.fill(counts, 0L);
        for (double value : values) {
            int bin = 0;
            while (bin < edges.size() && value >= edges.get(bin)) {
                bin++;
            }
            counts[bin]++;
        }
        return List.of(counts);
    }

    /**
     * The population stability index: over the bins, (share now - share then) times the logarithm of their ratio. Zero is the
     * same; from 0.1 on is usually called some, from 0.25 on a large change.
     *
     * @param values at least one
     */
    public double psi(double[] values) {
        List<Long> now = count(edges, values);
        double sum = 0;
        for (int bin = 0; bin < counts.size(); bin++) {
            double then = Math.max(LEAST_SHARE, counts.get(bin) / (double) total());
            double share = Math.max(LEAST_SHARE, now.get(bin) / (double) values.length);
            sum += (share - then) * Math.log(share / then);
        }
        return sum;
    }

    @JsonIgnore
    private long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
