package eu.sinusnode.analysis.feature;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * How much the latest weight is above the lowest of the time before it, in kg; zero when the latest is the lowest. At
 * least two days with weights.
 */
public final class WeightChange {

    private WeightChange() {}

    /** @param before how long before the latest weight; its beginning counts */
    public static FeatureValue of(DailySeries weights, Duration before) {
        List<Sample> samples = weights.samples();
        if (samples.isEmpty()) {
            return new FeatureValue.NotComputable("there is no weight");
        }
        Sample latest = samples.get(samples.size() - 1);
        OffsetDateTime from = latest.at().minus(before);
        List<Sample> looked =
                samples.stream().filter(sample -> !sample.at().isBefore(from)).toList();
        long days = looked.stream().map(Sample::day).distinct().count();
        if (days < 2) {
            return new FeatureValue.NotComputable(
                    "weights of %d day(s) in %d days, 2 are needed".formatted(days, before.toDays()));
        }
        double lowest = looked.stream().mapToDouble(Sample::value).min().orElseThrow();
        return new FeatureValue.Computed(latest.value() - lowest);
    }
}
