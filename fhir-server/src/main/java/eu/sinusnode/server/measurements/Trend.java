package eu.sinusnode.server.measurements;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A series in buckets of time, for a chart. */
final class Trend {

    private Trend() {}

    /**
     * What was measured from {@code start} until {@code end}. Without measurements it is a gap: its numbers mean nothing,
     * and nothing is put in their place.
     */
    record Bucket(Instant start, Instant end, int count, double minimum, double mean, double maximum) {
        boolean isGap() {
            return count == 0;
        }
    }

    /**
     * @param measurements oldest first
     * @param edges where buckets begin, and where the last one ends
     */
    static List<Bucket> of(List<Measurement> measurements, List<Instant> edges) {
        List<Bucket> buckets = new ArrayList<>(edges.size() - 1);
        int next = 0;
        for (int i = 1; i < edges.size(); i++) {
            int count = 0;
            double minimum = Double.POSITIVE_INFINITY;
            double maximum = Double.NEGATIVE_INFINITY;
            double sum = 0;
            while (next < measurements.size() && measurements.get(next).at().isBefore(edges.get(i))) {
                double value = measurements.get(next++).value();
                count++;
                sum += value;
                minimum = Math.min(minimum, value);
                maximum = Math.max(maximum, value);
            }
            buckets.add(new Bucket(edges.get(i - 1), edges.get(i), count, minimum, sum / count, maximum));
        }
        return buckets;
    }
}
