package eu.sinusnode.analysis.quality;

import eu.sinusnode.analysis.reading.VitalReading;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One patient's readings after the check. Readings of measurements that no model knows are in neither list.
 *
 * @param usable by time, each in the unit of its {@link Measurement}
 * @param leftOut by time
 */
public record CheckedReadings(List<VitalReading> usable, List<LeftOut> leftOut) {

    /** A reading that is not used. */
    public record LeftOut(VitalReading reading, Fault fault) {}

    /** How many readings were left out for each fault; faults that were not found are not in it. */
    public Map<Fault, Long> counts() {
        EnumMap<Fault, Long> counts = new EnumMap<>(Fault.class);
        leftOut.forEach(one -> counts.merge(one.fault(), 1L, Long::sum));
        return Collections.unmodifiableMap(counts);
    }
}
