package eu.sinusnode.analysis.training.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap over records or patients, not over rows: rows of one patient are alike, and an interval that
 * ignores it is far too narrow. One patient alone gives no interval.
 */
public final class ClusterBootstrap {

    static final int RESAMPLES = 1000;
    static final long SEED = 20261101L;
    /** Of fewer, too many resamples are alike. */
    private static final int FEW = 10;

    private final Map<String, Integer> all = new LinkedHashMap<>();
    private final List<Map<String, Integer>> resamples;

    /** @param clusters each once */
    public ClusterBootstrap(List<String> clusters) {
        clusters.forEach(cluster -> all.put(cluster, 1));
        Random random = new Random(SEED);
        @SuppressWarnings("unchecked")
        Map<String, Integer>[] drawn = new Map[clusters.size() > 1 ? RESAMPLES : 0];
        for (int i = 0; i < drawn.length; i++) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (int j = 0; j < clusters.size(); j++) {
                counts.merge(clusters.get(random.nextInt(clusters.size())), 1, Integer::sum);
            }
            drawn[i] = counts;
        }
        this.resamples = List.of(drawn);
    }

    /**
     * What is to be said of the intervals, as a sentence; empty when nothing is.
     *
     * @param what is drawn: records or patients
     */
    public Optional<String> caution(String what) {
        if (resamples.isEmpty()) {
            return Optional.of("One of the " + what + " alone: no interval can be given, and one shows little.");
        }
        return all.size() < FEW
                ? Optional.of("With %d %s the intervals are narrower than the truth.".formatted(all.size(), what))
                : Optional.empty();
    }

    /** The weighting that takes every one once. */
    public Map<String, Integer> all() {
        return all;
    }

    /** @param statistic of a weighting: how often each one was drawn (absent: not). Asked by several threads */
    public Estimate estimate(ToDoubleFunction<Map<String, Integer>> statistic) {
        double[] values = resamples.parallelStream()
                .mapToDouble(statistic)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return Estimate.of(statistic.applyAsDouble(all), quantile(values, 0.025), quantile(values, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
