package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.feature.DailySeries;
import eu.sinusnode.analysis.feature.FeatureWindow;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.quality.Measurement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The values of one measurement in the time up to the newest of them.
 *
 * @param samples by time; at least one
 */
record RecentSeries(List<Sample> samples) {

    /** Those of the last {@code length} before the newest value, its beginning left out; empty when there is none at all. */
    static List<Sample> samples(FeatureWindow window, Measurement measurement, Duration length) {
        List<Sample> all = window.of(measurement).samples();
        if (all.isEmpty()) {
            return List.of();
        }
        OffsetDateTime from = all.get(all.size() - 1).at().minus(length);
        return all.stream().filter(sample -> sample.at().isAfter(from)).toList();
    }

    OffsetDateTime start() {
        return samples.get(0).at();
    }

    OffsetDateTime end() {
        return samples.get(samples.size() - 1).at();
    }

    LocalDate newestDay() {
        return end().toLocalDate();
    }

    /** Whether the newest value is more than {@code days} days before {@code day}. */
    boolean isOlderThan(int days, LocalDate day) {
        return newestDay().isBefore(day.minusDays(days));
    }

    DailySeries daily() {
        return DailySeries.of(samples);
    }

    List<String> references() {
        return samples.stream().map(Sample::reference).distinct().toList();
    }
}
