package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.quality.CheckedReadings;
import eu.sinusnode.analysis.quality.ReadingQuality;
import eu.sinusnode.analysis.reading.PatientReadings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that the models look at of one patient.
 *
 * @param withheld codes and resource types that consent does not open
 * @param checked the readings that may be used, and those that were left out
 */
public record PatientFeatures(
        String patient,
        List<String> withheld,
        CheckedReadings checked,
        BloodPressureWindow bloodPressure,
        RhythmWindow rhythm) {

    /** Data older than this before the newest is not looked at, and newest data older than this is stale. */
    public static final Duration WINDOW = Duration.ofDays(28);

    /** @param asOf the instant of the run; later data is left out */
    public static PatientFeatures of(PatientReadings readings, Instant asOf) {
        CheckedReadings checked = ReadingQuality.check(readings.vitals(), asOf, null);
        return new PatientFeatures(
                readings.patient(),
                readings.withheld(),
                checked,
                BloodPressureWindow.of(checked, asOf),
                RhythmWindow.of(readings.series(), readings.refused(), asOf));
    }
}
