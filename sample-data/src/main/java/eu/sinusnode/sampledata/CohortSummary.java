package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.signal.Reading;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was generated.
 *
 * @param readings of each kind that there is, each counted once however often it is sent
 * @param resent readings that stand in a second bundle as well
 * @param recordings of beat-to-beat intervals
 * @param bundles files, the base included
 * @param labels lines of truth
 */
public record CohortSummary(
        int patients, Map<Reading.Kind, Long> readings, long resent, long recordings, long bundles, long labels) {

    static final CohortSummary NOTHING = new CohortSummary(0, Map.of(), 0, 0, 0, 0);
    static final CohortSummary BASE = new CohortSummary(0, Map.of(), 0, 0, 1, 0);

    /** Vital signs. */
    public long vitals() {
        return count(true);
    }

    /** Steps of days, nights of sleep, trainings. */
    public long activities() {
        return count(false);
    }

    private long count(boolean vitalSigns) {
        return readings.entrySet().stream()
                .filter(kind -> kind.getKey().isVitalSign() == vitalSigns)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    CohortSummary plus(CohortSummary other) {
        Map<Reading.Kind, Long> sum = new EnumMap<>(Reading.Kind.class);
        sum.putAll(readings);
        other.readings.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        return new CohortSummary(
                patients + other.patients,
                sum,
                resent + other.resent,
                recordings + other.recordings,
                bundles + other.bundles,
                labels + other.labels);
    }

    CohortSummary plusLabels(long count) {
        return new CohortSummary(patients, readings, resent, recordings, bundles, labels + count);
    }
}
