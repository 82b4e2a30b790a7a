package eu.sinusnode.analysis.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap over records, not over windows: windows of one patient are alike, and an interval that ignores it
 * is far too narrow.
 */
final class RecordBootstrap {

    static final int RESAMPLES = 1000;
    static final long SEED = 20261101L;

    private final List<Map<String, Integer>> resamples;

    RecordBootstrap(List<String> records) {
        Random random = new Random(SEED);
        @SuppressWarnings("unchecked")
        Map<String, Integer>[] drawn = new Map[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (int j = 0; j < records.size(); j++) {
                counts.merge(records.get(random.nextInt(records.size())), 1, Integer::sum);
            }
            drawn[i] = counts;
        }
        this.resamples = List.of(drawn);
    }

    /** @param statistic of a weighting: how often each record was drawn (absent: not) */
    Estimate estimate(Map<String, Integer> all, ToDoubleFunction<Map<String, Integer>> statistic) {
        double[] values = resamples.stream()
                .mapToDouble(statistic)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return Estimate.of(statistic.applyAsDouble(all), quantile(values, 0.025), quantile(values, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.round(share * (sorted.length - 1));
        return Arrays.stream(sorted).skip(index).findFirst().orElse(Double.NaN);
    }
}
