package eu.sinusnode.sampledata.signal;

import static eu.sinusnode.sampledata.signal.Samples.SAMPLES;
import static eu.sinusnode.sampledata.signal.Samples.TIMELINE;
import static eu.sinusnode.sampledata.signal.Samples.hour;
import static eu.sinusnode.sampledata.signal.Samples.mean;
import static eu.sinusnode.sampledata.signal.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.sampledata.clinical.Adherence;
import eu.sinusnode.sampledata.clinical.Fault;
import eu.sinusnode.sampledata.clinical.PressureLevel;
import eu.sinusnode.sampledata.signal.Reading.Kind;
import eu.sinusnode.sampledata.signal.Samples.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Does home blood pressure behave as published? */
class HomeBloodPressureTest {

    @Test
    void pressureIsHigherInTheMorningAndInTheOffice() {
        List<Sample> cuffed = samples(picture -> !picture.cuffless());
        double morning = mean(cuffed, Kind.BLOOD_PRESSURE, reading -> !reading.office() && hour(reading) < 12);
        double evening = mean(cuffed, Kind.BLOOD_PRESSURE, reading -> !reading.office() && hour(reading) > 12);

        assertThat(morning - evening).isCloseTo(4, within(1.5));
        assertThat(mean(cuffed, Kind.BLOOD_PRESSURE, Reading::office)).isGreaterThan(morning);
    }

    /** Kato 2010 (Ohasama): 8.6 and 5.8 mmHg within a patient, in the morning. */
    @Test
    void pressureScattersFromDayToDayAsMeasuredInOhasama() {
        List<Sample> cuffed = samples(p -> !p.cuffless() && p.fault() == Fault.NONE && p.adherence() == Adherence.GOOD);
        double systolic = 0;
        double diastolic = 0;
        for (Sample sample : cuffed) {
            // The last four weeks: treatment that has just begun is a trend, no scatter.
            List<Reading> mornings = sample.readings(Kind.BLOOD_PRESSURE).stream()
                    .filter(r -> !r.office() && hour(r) < 12 && r.second() > TIMELINE.midnight(28))
                    .toList();
            systolic += sd(mornings.stream().mapToInt(Reading::value).toArray()) / cuffed.size();
            diastolic += sd(mornings.stream().mapToInt(Reading::companion).toArray()) / cuffed.size();
        }

        assertThat(systolic).isCloseTo(8.6, within(0.8));
        assertThat(diastolic).isCloseTo(5.8, within(0.8));
    }

    @Test
    void treatmentLowersPressure() {
        List<Sample> treated = SAMPLES.stream()
                .filter(sample -> sample.signals().pressure().treatmentDay() >= 0
                        && !sample.picture().cuffless())
                .toList();
        double before = mean(treated, Kind.BLOOD_PRESSURE, reading -> reading.second() < TIMELINE.midnight(2));
        double after = mean(treated, Kind.BLOOD_PRESSURE, reading -> reading.second() > TIMELINE.midnight(42));

        assertThat(before - after).isBetween(6.0, 14.0);
    }

    /** With good measuring, the mean of the last week mostly tells the true category; the rest is scatter at a border. */
    @Test
    void readingsTellTheTruePressureCategory() {
        Map<String, Integer> seen = new HashMap<>();
        int right = 0;
        List<Sample> good = samples(p -> !p.cuffless() && p.adherence() == Adherence.GOOD);
        for (Sample sample : good) {
            List<Reading> lastWeek = sample.readings(Kind.BLOOD_PRESSURE).stream()
                    .filter(r -> !r.office() && r.second() >= TIMELINE.midnight(49))
                    .toList();
            double systolic =
                    lastWeek.stream().mapToInt(Reading::value).average().orElseThrow();
            double diastolic =
                    lastWeek.stream().mapToInt(Reading::companion).average().orElseThrow();
            String category = PressureLevel.homeCategory(systolic, diastolic);
            seen.merge(category, 1, Integer::sum);
            right += category.equals(sample.signals().pressure().category()) ? 1 : 0;
        }

        assertThat(right / (double) good.size()).isGreaterThan(0.9);
        assertThat(seen).containsKeys("non-elevated", "elevated", "hypertension");
        assertThat(seen.get("hypertension")).isGreaterThan(good.size() / 6);
    }

    @Test
    void someMeasureTooLittle() {
        List<Sample> silent = samples(picture -> picture.adherence() == Adherence.STOPPED);

        assertThat(silent).allSatisfy(sample -> assertThat(sample.readings(Kind.BLOOD_PRESSURE))
                .noneMatch(r -> !r.office() && r.second() >= TIMELINE.midnight(TIMELINE.days() - 14)));
        assertThat(samples(picture -> picture.adherence() == Adherence.POOR))
                .allSatisfy(sample ->
                        assertThat(sample.readings(Kind.BLOOD_PRESSURE)).hasSizeLessThan(90));
    }

    private static double sd(int[] values) {
        double mean = IntStream.of(values).average().orElseThrow();
        return Math.sqrt(
                IntStream.of(values).mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
