package eu.sinusnode.sampledata.signal;

import static eu.sinusnode.sampledata.signal.Samples.SAMPLES;
import static eu.sinusnode.sampledata.signal.Samples.TIMELINE;
import static eu.sinusnode.sampledata.signal.Samples.hour;
import static eu.sinusnode.sampledata.signal.Samples.mean;
import static eu.sinusnode.sampledata.signal.Samples.samples;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.sampledata.clinical.CaseMix;
import eu.sinusnode.sampledata.clinical.Decompensation;
import eu.sinusnode.sampledata.clinical.HeartRhythm;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import eu.sinusnode.sampledata.signal.Reading.Kind;
import eu.sinusnode.sampledata.signal.Samples.Sample;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Does the cohort behave as patients do? Every test over all patients that fit. */
class PatientSignalsTest {

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
                assertThat(reading.companion()).isBetween(35, reading.value() - 10);
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
        return new Reading(faulty.kind(), 0, 0, 0, 0, faulty.value() - usual, 0, 0, false, "");
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
                    .filter(reading -> reading.arrival() - reading.end() > 86_400)
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
}
