package eu.sinusnode.analysis.quality;

import static eu.sinusnode.analysis.quality.Measurement.BODY_HEIGHT;
import static eu.sinusnode.analysis.quality.Measurement.BODY_WEIGHT;
import static eu.sinusnode.analysis.quality.Measurement.HEART_RATE;
import static eu.sinusnode.analysis.quality.Measurement.OXYGEN_SATURATION;
import static eu.sinusnode.analysis.quality.Measurement.RESTING_HEART_RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingQualityTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");
    private static final String MORNING = "2026-11-10T08:00:00+01:00";

    @Test
    void soundReadingsOfKnownMeasurementsAreUsedAndOthersAreInNeitherList() {
        CheckedReadings checked = check(new Vitals()
                .add(HEART_RATE, MORNING, 70)
                .pressure("2026-11-09T08:00:00+01:00", 130, 80)
                .add(BODY_WEIGHT, MORNING, 80));

        assertThat(checked.leftOut()).isEmpty();
        assertThat(checked.usable())
                .extracting(VitalReading::code)
                .containsExactly(Codes.DIASTOLIC, Codes.SYSTOLIC, Codes.HEART_RATE, Codes.BODY_WEIGHT);
        VitalReading breaths = new VitalReading(
                "b", "1", Codes.RESPIRATORY_RATE, checked.usable().get(0).effective(), 14, "/min", "final", null, null);
        assertThat(ReadingQuality.check(List.of(breaths), AS_OF, null))
                .isEqualTo(new CheckedReadings(List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "BODY_WEIGHT, 180, [lb_av], 81.6466266",
        "BODY_WEIGHT, 81500, g, 81.5",
        "BODY_HEIGHT, 70, [in_i], 177.8",
        "HEART_RATE, 70, {beats}/min, 70",
        "RESTING_HEART_RATE, 55, {Beats}/min, 55",
    })
    void unitsWithAnExactFactorAreConverted(Measurement what, double value, String unit, double expected) {
        assertThat(check(new Vitals().add(what, MORNING, value, unit)).usable())
                .singleElement()
                .satisfies(reading -> {
                    assertThat(reading.value()).isCloseTo(expected, within(1e-9));
                    assertThat(reading.unit()).isEqualTo(what.unit());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "SYSTOLIC, 16, kPa",
        "SYSTOLIC, 120, mmHg",
        "BODY_WEIGHT, 80, ''",
        "BODY_WEIGHT, 80, lb",
        "BODY_WEIGHT, 12.6, [stone_av]",
        "OXYGEN_SATURATION, 0.97, 1",
        "HEART_RATE, 1.2, Hz",
        "BODY_HEIGHT, 1.78, m",
        "BODY_WEIGHT, 80, KG",
    })
    void otherUnitsAreRefusedWhateverTheValue(Measurement what, double value, String unit) {
        assertThat(faults(new Vitals().add(what, MORNING, value, unit))).containsExactly(Fault.WRONG_UNIT);
    }

    @ParameterizedTest
    @CsvSource({
        "SYSTOLIC, 49.9",
        "SYSTOLIC, 300.1",
        "DIASTOLIC, 29.9",
        "DIASTOLIC, 200.1",
        "HEART_RATE, 19",
        "HEART_RATE, 301",
        "RESTING_HEART_RATE, 221",
        "BODY_WEIGHT, 19.9",
        "BODY_WEIGHT, 401",
        "OXYGEN_SATURATION, 39",
        "OXYGEN_SATURATION, 100.1",
        "BODY_HEIGHT, 261",
        "BODY_MASS_INDEX, 7",
        "HEART_RATE, NaN",
        "HEART_RATE, -1",
        "HEART_RATE, 0",
        "HEART_RATE, Infinity",
    })
    void whatCannotBeIsLeftOut(Measurement what, double value) {
        assertThat(faults(new Vitals().add(what, MORNING, value))).containsExactly(Fault.IMPOSSIBLE_VALUE);
    }

    @Test
    void theEndsOfTheRangesCanBe() {
        for (Measurement what : Measurement.values()) {
            assertThat(faults(new Vitals().add(what, MORNING, what.lowest()))).isEmpty();
            assertThat(faults(new Vitals().add(what, MORNING, what.highest()))).isEmpty();
        }
    }

    @Test
    void aPressureStandsOrFallsAsAWhole() {
        assertThat(faults(new Vitals().pressure(MORNING, 310, 80)))
                .containsExactly(Fault.IMPOSSIBLE_VALUE, Fault.IMPOSSIBLE_VALUE);
        assertThat(faults(new Vitals().pressure(MORNING, 80, 90)))
                .containsExactly(Fault.IMPOSSIBLE_VALUE, Fault.IMPOSSIBLE_VALUE);
        assertThat(faults(new Vitals().pressure(MORNING, 90, 90))).hasSize(2);
        assertThat(faults(new Vitals().pressure(MORNING, 90, 89))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"preliminary", "entered-in-error", "cancelled", "registered", "unknown", "''"})
    void onlyWhatIsFinalIsUsed(String status) {
        assertThat(faults(new Vitals().status(status).add(HEART_RATE, MORNING, 70)))
                .containsExactly(Fault.NOT_FINAL);
    }

    @Test
    void clocksThatCannotBeRight() {
        assertThat(faults(new Vitals().add(HEART_RATE, "2026-11-20T12:00:00Z", 70)))
                .isEmpty();
        assertThat(faults(new Vitals().add(HEART_RATE, "2026-11-20T12:00:01Z", 70)))
                .containsExactly(Fault.AFTER_RUN);
        assertThat(faults(new Vitals().add(HEART_RATE, "1899-12-31T23:59:59Z", 70)))
                .containsExactly(Fault.BEFORE_BIRTH);
        LocalDate born = LocalDate.of(1970, 1, 2);
        assertThat(ReadingQuality.check(
                                new Vitals()
                                        .add(HEART_RATE, "1970-01-01T00:00:00Z", 70)
                                        .list(),
                                AS_OF,
                                born)
                        .counts())
                .containsOnly(entry(Fault.BEFORE_BIRTH, 1L));
        assertThat(ReadingQuality.check(
                                new Vitals()
                                        .add(HEART_RATE, "1970-01-02T00:00:00+13:00", 70)
                                        .list(),
                                AS_OF,
                                born)
                        .counts())
                .isEmpty();
    }

    @Test
    void theSameValueAndInstantFromTwoSourcesCountsOnceAndTheOneThatTellsMoreStays() {
        CheckedReadings checked = check(new Vitals()
                .pressure(MORNING, 130, 80)
                .device(Codes.CUFFLESS)
                .setting(Codes.HOME)
                .pressure("2026-11-10T07:00:00Z", 130, 80)
                .device(Codes.CUFF)
                .pressure("2026-11-10T07:00:00Z", 130, 80));

        assertThat(checked.counts()).containsOnly(entry(Fault.DUPLICATE, 4L));
        assertThat(checked.usable()).hasSize(2).allSatisfy(reading -> assertThat(reading.device())
                .isEqualTo(Codes.CUFF));
    }

    @Test
    void theSameValueInAnotherUnitIsTheSame() {
        assertThat(faults(new Vitals().add(BODY_WEIGHT, MORNING, 80).add(BODY_WEIGHT, MORNING, 80_000, "g")))
                .containsExactly(Fault.DUPLICATE);
    }

    @Test
    void equalValuesOfOtherInstantsOrMeasurementsAreNoDuplicates() {
        assertThat(faults(new Vitals()
                        .add(HEART_RATE, MORNING, 70)
                        .add(HEART_RATE, "2026-11-10T08:00:01+01:00", 70)
                        .add(RESTING_HEART_RATE, MORNING, 70)
                        .pressure(MORNING, 130, 80)
                        .pressure(MORNING, 130, 81)))
                .isEmpty();
    }

    @Test
    void threeDifferentValuesOfOneInstantCarryTheTimeOfATransfer() {
        Vitals two = new Vitals().pressure(MORNING, 130, 80).pressure(MORNING, 190, 115);
        assertThat(faults(two)).as("two in the same minute can be").isEmpty();

        CheckedReadings three = check(two.pressure("2026-11-10T07:00:00Z", 140, 80)
                .pressure(MORNING, 130, 80)
                .add(HEART_RATE, MORNING, 70));

        assertThat(three.counts()).containsOnly(entry(Fault.BURST, 6L), entry(Fault.DUPLICATE, 2L));
        assertThat(three.usable()).extracting(VitalReading::code).containsExactly(Codes.HEART_RATE);
    }

    @Test
    void aWeightOfAnotherPersonIsLeftOut() {
        CheckedReadings checked = check(weights(80, 80.4, 62, 80.2, 79.9));

        assertThat(checked.counts()).containsOnly(entry(Fault.WEIGHT_JUMP, 1L));
        assertThat(checked.leftOut().get(0).reading().value()).isEqualTo(62);
    }

    @Test
    void aFastGainIsNoJump() {
        assertThat(faults(weights(80, 82, 84, 86, 88))).isEmpty();
        assertThat(faults(weights(80, 80, 80, 85))).isEmpty();
        assertThat(faults(weights(80, 80, 80, 85.01))).containsExactly(Fault.WEIGHT_JUMP);
    }

    @Test
    void aChangeThatStaysIsUsedAfterItsFirstDay() {
        CheckedReadings checked = check(weights(81, 81, 81, 81, 88, 88, 88, 88));

        assertThat(checked.usable())
                .extracting(VitalReading::value)
                .startsWith(81.0, 81.0, 81.0)
                .endsWith(88.0, 88.0, 88.0);
    }

    @Test
    void ofTwoThatHaveOnlyEachOtherNeitherIsUsed() {
        assertThat(faults(weights(80, 60))).containsExactly(Fault.WEIGHT_JUMP, Fault.WEIGHT_JUMP);
        assertThat(faults(new Vitals()
                        .add(BODY_WEIGHT, "2026-11-01T08:00:00+01:00", 80)
                        .add(BODY_WEIGHT, "2026-11-04T08:00:01+01:00", 60)))
                .as("more than three days apart nothing is known of a jump")
                .isEmpty();
    }

    @Test
    void heightsAndSaturationsDoNotTakePartInWeights() {
        assertThat(faults(weights(80, 80).add(BODY_HEIGHT, MORNING, 178).add(OXYGEN_SATURATION, MORNING, 97)))
                .isEmpty();
    }

    private static Vitals weights(double... kg) {
        Vitals vitals = new Vitals();
        for (int day = 0; day < kg.length; day++) {
            vitals.add(BODY_WEIGHT, "2026-11-%02dT07:00:00+01:00".formatted(day + 1), kg[day]);
        }
        return vitals;
    }

    private static CheckedReadings check(Vitals vitals) {
        return ReadingQuality.check(vitals.list(), AS_OF, null);
    }

    private static List<Fault> faults(Vitals vitals) {
        return check(vitals).leftOut().stream()
                .map(CheckedReadings.LeftOut::fault)
                .toList();
    }
}
