package eu.sinusnode.sampledata.signal;

import static eu.sinusnode.sampledata.signal.Samples.SAMPLES;
import static eu.sinusnode.sampledata.signal.Samples.TIMELINE;
import static eu.sinusnode.sampledata.signal.Samples.hour;
import static eu.sinusnode.sampledata.signal.Samples.mean;
import static eu.sinusnode.sampledata.signal.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.sampledata.clinical.CaseMix;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.DailyLife;
import eu.sinusnode.sampledata.clinical.Decompensation;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.signal.Reading.Kind;
import eu.sinusnode.sampledata.signal.Samples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Do nights, steps and training look like those of patients? */
class DailyLifeSignalsTest {

    private record Range(int least, int most) {}

    /** In the units of {@link Kind}. */
    private static final Map<Kind, Range> PLAUSIBLE = Map.of(
            Kind.RESTING_HEART_RATE, new Range(38, 130),
            Kind.TRAINING_HEART_RATE, new Range(40, 200),
            Kind.OXYGEN_SATURATION, new Range(70, 100),
            Kind.RESPIRATORY_RATE, new Range(9, 32),
            Kind.BODY_TEMPERATURE, new Range(350, 405),
            Kind.BODY_HEIGHT, new Range(140, 205),
            Kind.STEPS, new Range(50, 45_000),
            Kind.SLEEP, new Range(25, 100),
            Kind.TRAINING, new Range(60, 180));

    @Test
    void valuesArePlausible() {
        PLAUSIBLE.forEach((kind, range) -> assertThat(all(kind))
                .as("%s", kind)
                .hasSizeGreaterThan(50)
                .allSatisfy(r -> assertThat(r.value()).isBetween(range.least(), range.most())));
    }

    @Test
    void whatNothingMeasuresIsNotThere() {
        for (Sample sample : SAMPLES) {
            DailyLife life = sample.life();
            assertThat(sample.readings(Kind.STEPS).isEmpty()).isEqualTo(!life.tracked());
            assertThat(sample.readings(Kind.SLEEP).isEmpty()).isEqualTo(!life.tracked());
            if (!life.oximeter() && !life.nightlySaturation()) {
                assertThat(sample.readings(Kind.OXYGEN_SATURATION)).isEmpty();
            }
            if (!life.thermometer()) {
                assertThat(sample.readings(Kind.BODY_TEMPERATURE)).isEmpty();
            }
        }
    }

    @Test
    void stepsAreCountedFromMidnightToMidnightAlsoWhenTheClocksChange() {
        assertThat(all(Kind.STEPS)).allSatisfy(steps -> {
            assertThat(hour(steps)).isZero();
            assertThat(TIMELINE.wallHour(steps.end())).isZero();
        });
        assertThat(all(Kind.STEPS).stream().map(Reading::lasting).distinct())
                .containsExactlyInAnyOrder(24 * 3600, 25 * 3600);
    }

    @Test
    void aFailingHeartWalksLess() {
        Predicate<ClinicalPicture> failing = picture -> picture.has(Diagnosis.HEART_FAILURE_NYHA_III);

        double others = mean(samples(picture -> !picture.hasHeartFailure()), Kind.STEPS, steps -> true);
        assertThat(mean(samples(failing), Kind.STEPS, steps -> true)).isLessThan(0.7 * others);
        assertThat(others).isBetween(5_000.0, 9_000.0);
    }

    @Test
    void nightsLastSevenHoursAndLieBetweenEveningAndNoon() {
        assertThat(mean(SAMPLES, Kind.SLEEP, night -> true)).isBetween(65.0, 75.0);
        assertThat(all(Kind.SLEEP)).allSatisfy(night -> {
            assertThat(night.lasting()).isGreaterThan(night.value() * 360 - 200);
            assertThat(hour(night) > 19 || hour(night) < 3).isTrue();
            assertThat(TIMELINE.wallHour(night.end())).isBetween(0.5, 13.0);
        });
    }

    @Test
    void nobodySleepsWhileMeasuringPressureOrWeight() {
        for (Sample sample : SAMPLES) {
            for (Reading night : sample.readings(Kind.SLEEP)) {
                assertThat(within(sample.signals().deliveries(), night.second(), night.end()))
                        .extracting(Reading::kind)
                        .doesNotContain(Kind.BLOOD_PRESSURE, Kind.BODY_WEIGHT, Kind.BODY_TEMPERATURE);
            }
        }
    }

    @Test
    void theRateAtRestIsBelowTheRateOfTheDay() {
        List<Sample> tracked = SAMPLES.stream().filter(s -> s.life().tracked()).toList();

        assertThat(mean(tracked, Kind.RESTING_HEART_RATE, r -> true))
                .isLessThan(mean(tracked, Kind.HEART_RATE, r -> hour(r) > 10 && hour(r) < 20) - 6);
    }

    @Test
    void aTrainingSumsUpItsRates() {
        for (Sample sample : SAMPLES) {
            List<Reading> rates = sample.readings(Kind.TRAINING_HEART_RATE);
            for (Reading training : sample.readings(Kind.TRAINING)) {
                List<Reading> during = within(rates, training.second(), training.end());
                assertThat(training.companion()).isGreaterThanOrEqualTo(training.value());
                assertThat(during).hasSizeGreaterThan(2).allSatisfy(rate -> assertThat(rate.value())
                        .isLessThanOrEqualTo(training.companion()));
                assertThat(within(rates, training.end() + 1, training.end() + 300))
                        .hasSize(3);
            }
        }
    }

    @Test
    void theHeartAnswersToTrainingAndComesBack() {
        List<Integer> risen = new ArrayList<>();
        List<Integer> recovered = new ArrayList<>();
        for (Sample sample : samples(picture -> !picture.hasHeartFailure() && !picture.hasAtrialFibrillation())) {
            List<Reading> rates = sample.readings(Kind.TRAINING_HEART_RATE);
            for (Reading training : sample.readings(Kind.TRAINING)) {
                int last = within(rates, training.end(), training.end()).get(0).value();
                risen.add(last - sample.readings(Kind.RESTING_HEART_RATE).get(0).value());
                recovered.add(last
                        - within(rates, training.end() + 60, training.end() + 60)
                                .get(0)
                                .value());
            }
        }

        assertThat(risen).hasSizeGreaterThan(200);
        assertThat(average(risen)).isBetween(35.0, 75.0);
        assertThat(average(recovered)).isBetween(12.0, 40.0);
    }

    /** A rate at rest in the middle of a training would be a contradiction. */
    @Test
    void nothingElseIsMeasuredWhileTraining() {
        for (Sample sample : SAMPLES) {
            for (Reading training : sample.readings(Kind.TRAINING)) {
                assertThat(within(sample.signals().deliveries(), training.second(), training.end() + 300))
                        .filteredOn(reading -> reading.kind().isVitalSign())
                        .allMatch(reading -> reading.kind() == Kind.TRAINING_HEART_RATE);
            }
        }
    }

    @Test
    void feverShowsInTemperatureAndRate() {
        List<Reading> feverish = new ArrayList<>();
        for (Sample sample : SAMPLES) {
            FeverCourse fever = sample.signals().fever();
            if (fever.happens()) {
                long from = TIMELINE.midnight(fever.day());
                feverish.addAll(within(sample.readings(Kind.BODY_TEMPERATURE), from, from + 86_400));
            }
            double others = within(sample.readings(Kind.BODY_TEMPERATURE), 0, Long.MAX_VALUE).stream()
                    .filter(reading -> !feverish.contains(reading))
                    .mapToInt(Reading::value)
                    .average()
                    .orElse(365);
            assertThat(others).isBetween(355.0, 385.0);
        }

        assertThat(feverish).hasSizeGreaterThan(5).allSatisfy(r -> assertThat(r.value())
                .isGreaterThan(370));
    }

    @Test
    void waterTakesBreath() {
        List<Sample> imminent = IntStream.rangeClosed(1, 1_000)
                .filter(number -> new CaseMix(20).draw(number).decompensation() == Decompensation.IMMINENT)
                .mapToObj(Sample::of)
                .toList();
        Predicate<Reading> lastDay = reading -> reading.second() >= TIMELINE.midnight(TIMELINE.days() - 1);
        Predicate<Reading> before = reading -> reading.second() < TIMELINE.midnight(28);

        assertThat(mean(imminent, Kind.RESPIRATORY_RATE, lastDay))
                .isGreaterThan(1.5 + mean(imminent, Kind.RESPIRATORY_RATE, before));
        assertThat(imminent.stream().flatMap(sample -> sample.readings(Kind.TRAINING).stream()))
                .hasSizeGreaterThan(5)
                .noneMatch(lastDay);
    }

    @Test
    void aColdFingerIsFarTooLow() {
        List<Reading> faulty =
                all(Kind.OXYGEN_SATURATION).stream().filter(Reading::isFaulty).toList();

        assertThat(faulty).hasSizeGreaterThan(5).allSatisfy(r -> assertThat(r.value())
                .isLessThan(94));
    }

    private static List<Reading> all(Kind kind) {
        return SAMPLES.stream()
                .flatMap(sample -> sample.readings(kind).stream())
                .toList();
    }

    private static List<Reading> within(List<Reading> readings, long from, long to) {
        return readings.stream()
                .filter(reading -> reading.second() >= from && reading.second() <= to)
                .toList();
    }

    private static double average(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }
}
