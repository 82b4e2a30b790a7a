package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.feature.FeatureWindow;
import eu.sinusnode.analysis.feature.Sample;
import eu.sinusnode.analysis.quality.CheckedReadings;
import eu.sinusnode.analysis.quality.ReadingQuality;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that the models look at of one patient.
 *
 * @param given what all of it was made of
 * @param withheld codes and resource types that consent does not open
 * @param facts what the record says beside readings
 * @param checked the readings that may be used, and those that were left out
 * @param recent the usable readings of the last days
 */
public record PatientFeatures(
        String patient,
        GivenInputs given,
        List<String> withheld,
        PatientFacts facts,
        CheckedReadings checked,
        FeatureWindow recent,
        BloodPressureWindow bloodPressure,
        RhythmWindow rhythm) {

    /** Data older than this before the newest is not looked at, and newest data older than this is stale. */
    public static final Duration WINDOW = Duration.ofDays(28);

    /** Body heights of any time, by time: an adult's height does not grow old. */
    List<Sample> heights() {
        return checked.usable().stream()
                .filter(reading -> reading.code().equals(Codes.BODY_HEIGHT))
                .map(reading -> new Sample(reading.effective(), reading.value(), reading.reference()))
                .toList();
    }

    /** @param asOf the instant of the run; later data is left out */
    public static PatientFeatures of(PatientReadings readings, Instant asOf) {
        CheckedReadings checked =
                ReadingQuality.check(readings.vitals(), asOf, readings.facts().born());
        return new PatientFeatures(
                readings.patient(),
                new GivenInputs(readings, asOf),
                readings.withheld(),
                readings.facts(),
                checked,
                FeatureWindow.of(checked, asOf, (int) WINDOW.toDays()),
                BloodPressureWindow.of(checked, asOf),
                RhythmWindow.of(readings.series(), readings.refused(), asOf));
    }
}
