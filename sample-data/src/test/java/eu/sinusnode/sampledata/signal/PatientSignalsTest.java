package eu.sinusnode.sampledata.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.sampledata.clinical.Adherence;
import eu.sinusnode.sampledata.clinical.CaseMix;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Decompensation;
import eu.sinusnode.sampledata.clinical.Fault;
import eu.sinusnode.sampledata.clinical.HeartRhythm;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import eu.sinusnode.sampledata.signal.Reading.Kind;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Does the cohort behave as patients do? Four hundred patients over eight weeks, every test over all that fit. */
class PatientSignalsTest {

    private static final Timeline TIMELINE = new Timeline(LocalDate.of(2026, 11, 1), 8);
    private static final List<Sample> SAMPLES =
            IntStream.rangeClosed(1, 400).mapToObj(Sample::of).toList();

    private record Sample(ClinicalPicture picture, PatientSignals signals) {

        static Sample of(int number) {
            ClinicalPicture picture = new CaseMix(20).draw(number);
            return new Sample(picture, PatientSignals.of(20, number, picture, TIMELINE));
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

    private static List<Sample> samples(Predicate<ClinicalPicture> condition) {
        List<Sample> found = SAMPLES.stream()
                .filter(sample -> condition.test(sample.picture()))
                .toList();
        assertThat(found).as("patients to test with").hasSizeGreaterThan(5);
        return found;
    }

    private static double mean(List<Sample> samples, Kind kind, Predicate<Reading> condition) {
        return samples.stream()
                .flatMap(sample -> sample.readings(kind).stream())
                .filter(condition)
                .mapToInt(Reading::value)
                .average()
                .orElseThrow();
    }

    private static double hour(Reading reading) {
        return TIMELINE.wallHour(reading.second());
    }

    @Test
    void everyReadingLiesInsideTheWeeksAndCarriesTheOffsetOfBerlin() {
        for (Sample sample : SAMPLES) {
            assertThat(sample.signals().deliveries()).allSatisfy(reading -> {
                assertThat(reading.second()).isBetween(TIMELINE.start(), TIMELINE.end() - 1);
                assertThat(reading.offset()).isEqualTo(TIMELINE.offset(reading.second()));
                assertThat(reading.arrival()).isGreaterThan(reading.second());
            });
        }
    }

    @Test
    void valuesAreWhatDevicesCanSend() {
        for (Sample sample : SAMPLES) {
            assertThat(sample.readings(Kind.BLOOD_PRESSURE)).allSatisfy(reading -> {
                assertThat(reading.value()).isBetween(70, 250);
                assertThat(reading.diastolic()).isBetween(35, reading.value() - 10);
            });
            assertThat(sample.readings(Kind.HEART_RATE))
                    .allSatisfy(r -> assertThat(r.value()).isBetween(30, 180));
            assertThat(sample.readings(Kind.BODY_WEIGHT))
                    .allSatisfy(r -> assertThat(r.value()).isBetween(400, 2200));
        }
    }

    @Test
    void theHeartSleepsAtNight() {
        List<Sample> watched = samples(picture -> picture.rhythmDevice() == RhythmDevice.WATCH);
        double night = mean(watched, Kind.HEART_RATE, reading -> hour(reading) < 5);
        double day = mean(watched, Kind.HEART_RATE, reading -> hour(reading) > 10 && hour(reading) < 18);

        assertThat(day - night).isBetween(8.0, 20.0);
    }

    @Test
    void fibrillationIsFaster() {
        Predicate<Reading> morning = reading -> hour(reading) > 5 && hour(reading) < 9;

        assertThat(mean(samples(p -> p.rhythm() == HeartRhythm.FIBRILLATION), Kind.HEART_RATE, morning))
                .isGreaterThan(5 + mean(samples(p -> p.rhythm() == HeartRhythm.SINUS), Kind.HEART_RATE, morning));
    }

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
            diastolic += sd(mornings.stream().mapToInt(Reading::diastolic).toArray()) / cuffed.size();
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
                    lastWeek.stream().mapToInt(Reading::diastolic).average().orElseThrow();
            String category = eu.sinusnode.sampledata.clinical.PressureLevel.homeCategory(systolic, diastolic);
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

    @Test
    void waterShowsOnTheScaleBeforeAdmission() {
        List<Sample> imminent = IntStream.rangeClosed(1, 1_000)
                .filter(number -> new CaseMix(20).draw(number).decompensation() == Decompensation.IMMINENT)
                .mapToObj(Sample::of)
                .toList();
        assertThat(imminent).hasSizeGreaterThan(5);
        for (Sample sample : imminent) {
            List<Reading> weights = sample.readings(Kind.BODY_WEIGHT).stream()
                    .filter(reading -> !reading.isFaulty())
                    .toList();
            Reading last = weights.get(weights.size() - 1);
            int lowest = weights.stream()
                    .filter(reading -> reading.second() > last.second() - 76 * 3600)
                    .mapToInt(Reading::value)
                    .min()
                    .orElseThrow();
            assertThat(last.value() - lowest).as("tenths of a kg in three days").isGreaterThan(12);
        }
        assertThat(imminent.stream()
                        .mapToDouble(sample -> sample.signals().fluid().gainOn(55)
                                - sample.signals().fluid().gainOn(52))
                        .min()
                        .orElseThrow())
                .isGreaterThan(2.0);
    }

    @Test
    void aPatientInHospitalSendsNothing() {
        for (Sample sample : samples(picture -> picture.decompensation() == Decompensation.PAST)) {
            FluidCourse fluid = sample.signals().fluid();
            long from = TIMELINE.midnight(fluid.admissionDay());
            long to = TIMELINE.midnight(Math.min(TIMELINE.days(), fluid.admissionDay() + fluid.hospitalDays()));
            assertThat(sample.signals().deliveries())
                    .noneMatch(reading -> reading.second() >= from && reading.second() < to);
        }
    }

    @Test
    void anotherPersonOnTheScaleIsAJumpOfMoreThanFiveKilograms() {
        List<Reading> faulty = SAMPLES.stream()
                .flatMap(sample -> sample.readings(Kind.BODY_WEIGHT).stream()
                        .filter(Reading::isFaulty)
                        .map(reading -> difference(reading, sample)))
                .toList();

        assertThat(faulty).hasSizeGreaterThan(5).allSatisfy(r -> assertThat(Math.abs(r.value()))
                .isGreaterThan(50));
    }

    private static Reading difference(Reading faulty, Sample sample) {
        int usual = sample.readings(Kind.BODY_WEIGHT).stream()
                .filter(reading -> !reading.isFaulty())
                .min(Comparator.comparingLong(reading -> Math.abs(reading.second() - faulty.second())))
                .orElseThrow()
                .value();
        return new Reading(faulty.kind(), 0, 0, 0, faulty.value() - usual, 0, 0, false, "");
    }

    @Test
    void someArriveLateAndSomeTwice() {
        long late = 0;
        long twice = 0;
        long all = 0;
        for (Sample sample : SAMPLES) {
            List<Reading> deliveries = sample.signals().deliveries();
            assertThat(deliveries).isSortedAccordingTo(Comparator.comparingLong(Reading::arrival));
            all += deliveries.size();
            late += deliveries.stream()
                    .filter(reading -> reading.arrival() - reading.second() > 86_400)
                    .count();
            twice += deliveries.size()
                    - deliveries.stream()
                            .map(reading -> reading.kind() + "-" + reading.number())
                            .distinct()
                            .count();
        }

        assertThat(late / (double) all).isBetween(0.01, 0.12);
        assertThat(twice / (double) all).isBetween(0.005, 0.03);
    }

    @Test
    void theHourThatComesTwiceHoldsReadingsWithBothOffsets() {
        long change = 1_792_890_000L; // 2026-10-25T01:00:00Z, 03:00 CEST becomes 02:00 CET
        List<Reading> aroundChange = SAMPLES.stream()
                .flatMap(sample -> sample.readings(Kind.HEART_RATE).stream())
                .filter(reading -> Math.abs(reading.second() - change) < 3600)
                .toList();

        assertThat(aroundChange)
                .filteredOn(reading -> reading.second() < change)
                .isNotEmpty()
                .allSatisfy(reading -> {
                    assertThat(reading.offset()).isEqualTo(7200);
                    assertThat(hour(reading)).isBetween(2.0, 3.0);
                });
        assertThat(aroundChange)
                .filteredOn(reading -> reading.second() >= change)
                .isNotEmpty()
                .allSatisfy(reading -> {
                    assertThat(reading.offset()).isEqualTo(3600);
                    assertThat(hour(reading)).isBetween(2.0, 3.0);
                });
    }

    private static double sd(int[] values) {
        double mean = IntStream.of(values).average().orElseThrow();
        return Math.sqrt(
                IntStream.of(values).mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }
}
