package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;

/**
 * What a run has seen and done.
 *
 * @param readings vital readings received
 * @param series recordings of RR intervals, refused ones too
 */
public record RunCounts(int patients, long readings, long series, FlagChanges flags) {

    public static final RunCounts NONE = new RunCounts(0, 0, 0, FlagChanges.NONE);

    RunCounts plus(PatientRange range, FlagChanges changes) {
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
                flags.plus(changes));
    }
}
