package eu.sinusnode.sampledata.signal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.sampledata.clinical.CaseMix;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import eu.sinusnode.sampledata.signal.Reading.Kind;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Four hundred patients over eight weeks, drawn once for all tests of this package. */
final class Samples {

    static final Timeline TIMELINE = new Timeline(LocalDate.of(2026, 11, 1), 8);
    static final List<Sample> SAMPLES =
            IntStream.rangeClosed(1, 400).mapToObj(Sample::of).toList();

    record Sample(ClinicalPicture picture, DailyLife life, PatientSignals signals) {

        static Sample of(int number) {
            ClinicalPicture picture = new CaseMix(20).draw(number);
            DailyLife life = DailyLife.of(20, number, picture);
            return new Sample(picture, life, PatientSignals.of(20, number, picture, life, TIMELINE));
        }

        /** Each once, in the order of measurement. */
        List<Reading> readings(Kind kind) {
            return signals.deliveries().stream()
                    .filter(reading -> reading.kind() == kind)
                    .collect(Collectors.toMap(Reading::number, reading -> reading, (one, same) -> one))
                    .values()
                    .stream()
                    .sorted(Comparator.comparingLong(Reading::second))
                    .toList();
        }
    }

    static List<Sample> samples(Predicate<ClinicalPicture> condition) {
        List<Sample> found = SAMPLES.stream()
                .filter(sample -> condition.test(sample.picture()))
                .toList();
        assertThat(found).as("patients to test with").hasSizeGreaterThan(5);
        return found;
    }

    static double mean(List<Sample> samples, Kind kind, Predicate<Reading> condition) {
        return samples.stream()
                .flatMap(sample -> sample.readings(kind).stream())
                .filter(condition)
                .mapToInt(Reading::value)
                .average()
                .orElseThrow();
    }

    static double hour(Reading reading) {
        return TIMELINE.wallHour(reading.second());
    }

    private Samples() {}
}
