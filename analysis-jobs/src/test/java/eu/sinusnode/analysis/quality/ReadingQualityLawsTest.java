package eu.sinusnode.analysis.quality;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.quality.CheckedReadings.LeftOut;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever devices send. */
class ReadingQualityLawsTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    @Provide
    Arbitrary<List<VitalReading>> vitals() {
        Arbitrary<VitalReading> reading = Combinators.combine(
                        Arbitraries.of(Codes.BODY_WEIGHT, Codes.HEART_RATE, Codes.OXYGEN_SATURATION, Codes.STEPS),
                        Arbitraries.integers().between(-20, 400),
                        Arbitraries.of(55.0, 60.0, 62.0, 64.0, 66.0, 90.0, 500.0),
                        Arbitraries.of("kg", "/min", "%", "[lb_av]"),
                        Arbitraries.of("final", "final", "final", "entered-in-error"))
                .as((code, hour, value, unit, status) -> new VitalReading(
                        "",
                        "1",
                        code,
                        AS_OF.minus(Duration.ofHours(hour)).atOffset(ZoneOffset.ofHours(1)),
                        value,
                        unit,
                        status,
                        null,
                        null));
        return reading.list().ofMaxSize(40).map(ReadingQualityLawsTest::numbered);
    }

    private static List<VitalReading> numbered(List<VitalReading> readings) {
        List<VitalReading> numbered = new ArrayList<>();
        for (VitalReading one : readings) {
            numbered.add(new VitalReading(
                    "o" + numbered.size(),
                    one.version(),
                    one.code(),
                    one.effective(),
                    one.value(),
                    one.unit(),
                    one.status(),
                    null,
                    null));
        }
        return numbered;
    }

    @Property
    void everyReadingOfAKnownMeasurementIsInExactlyOneList(@ForAll("vitals") List<VitalReading> vitals) {
        CheckedReadings checked = ReadingQuality.check(vitals, AS_OF, null);

        assertThat(Stream.concat(
                                checked.usable().stream(),
                                checked.leftOut().stream().map(LeftOut::reading))
                        .map(VitalReading::observation))
                .containsExactlyInAnyOrderElementsOf(vitals.stream()
                        .filter(vital -> !vital.code().equals(Codes.STEPS))
                        .map(VitalReading::observation)
                        .toList());
        assertThat(checked.counts().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(checked.leftOut().size());
    }

    @Property
    void theOrderOfArrivalChangesNothing(@ForAll("vitals") List<VitalReading> vitals, @ForAll long seed) {
        List<VitalReading> shuffled = new ArrayList<>(vitals);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(ReadingQuality.check(shuffled, AS_OF, null)).isEqualTo(ReadingQuality.check(vitals, AS_OF, null));
    }

    @Property
    void whatIsUsableIsPossibleInItsUnitAndNotOfTheFuture(@ForAll("vitals") List<VitalReading> vitals) {
        assertThat(ReadingQuality.check(vitals, AS_OF, null).usable()).allSatisfy(reading -> {
            Measurement measurement = Measurement.of(reading.code()).orElseThrow();
            assertThat(reading.unit()).isEqualTo(measurement.unit());
            assertThat(reading.value()).isBetween(measurement.lowest(), measurement.highest());
            assertThat(reading.effective().toInstant()).isBeforeOrEqualTo(AS_OF);
            assertThat(reading.status()).isEqualTo("final");
        });
    }

    /** Against the definition, pair by pair. */
    @Property
    void jumpsAreFarFromTheMedianOfTheOthersWithinThreeDays(@ForAll("vitals") List<VitalReading> vitals) {
        CheckedReadings checked = ReadingQuality.check(vitals, AS_OF, null);
        List<VitalReading> weights = Stream.concat(
                        checked.usable().stream(),
                        checked.leftOut().stream()
                                .filter(one -> one.fault() == Fault.WEIGHT_JUMP)
                                .map(LeftOut::reading))
                .filter(reading -> reading.code().equals(Codes.BODY_WEIGHT))
                .toList();

        for (VitalReading weight : weights) {
            double[] others = weights.stream()
                    .filter(other -> !other.observation().equals(weight.observation()))
                    .filter(other -> Math.abs(Duration.between(weight.effective(), other.effective())
                                    .toSeconds())
                            <= 72 * 3600)
                    .mapToDouble(VitalReading::value)
                    .sorted()
                    .toArray();
            boolean jump = others.length > 0
                    && Math.abs(weight.value() - (others[(others.length - 1) / 2] + others[others.length / 2]) / 2) > 5;
            assertThat(checked.usable().contains(weight))
                    .as("%s among %s", weight, Arrays.toString(others))
                    .isEqualTo(!jump);
        }
    }
}
