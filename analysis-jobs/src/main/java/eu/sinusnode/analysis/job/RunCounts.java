package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.risk.PatientFeatures;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has seen and done.
 *
 * @param readings vital readings received
 * @param series recordings of RR intervals, refused ones too
 * @param leftOut readings that no model was given, by reason; reasons that were not met are not in it
 */
public record RunCounts(int patients, long readings, long series, Map<Fault, Long> leftOut, FlagChanges flags) {

    public static final RunCounts NONE = new RunCounts(0, 0, 0, Map.of(), FlagChanges.NONE);

    RunCounts plus(PatientRange range, List<PatientFeatures> features, FlagChanges changes) {
        long readingsOfRange = range.patients().stream()
                .mapToLong(PatientReadings::readingCount)
                .sum();
        long seriesOfRange = range.patients().stream()
                .mapToLong(patient ->
                        patient.series().size() + (long) patient.refused().size())
                .sum();
        return new RunCounts(
                patients + range.patients().size(),
                readings + readingsOfRange,
                series + seriesOfRange,
                leftOutWith(features),
                flags.plus(changes));
    }

    RunCounts plus(RunCounts other) {
        EnumMap<Fault, Long> sum = new EnumMap<>(Fault.class);
        sum.putAll(leftOut);
        other.leftOut.forEach((fault, count) -> sum.merge(fault, count, Long::sum));
        return new RunCounts(
                patients + other.patients,
                readings + other.readings,
                series + other.series,
                Collections.unmodifiableMap(sum),
                flags.plus(other.flags));
    }

    /** Of one reason, zero too. */
    public long leftOut(Fault fault) {
        return leftOut.getOrDefault(fault, 0L);
    }

    private Map<Fault, Long> leftOutWith(List<PatientFeatures> features) {
        EnumMap<Fault, Long> sum = new EnumMap<>(Fault.class);
        sum.putAll(leftOut);
        features.forEach(
                patient -> patient.checked().counts().forEach((fault, count) -> sum.merge(fault, count, Long::sum)));
        return Collections.unmodifiableMap(sum);
    }
}
