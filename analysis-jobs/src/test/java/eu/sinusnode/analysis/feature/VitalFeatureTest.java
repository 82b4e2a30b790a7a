package eu.sinusnode.analysis.feature;

import static eu.sinusnode.analysis.quality.Measurement.BODY_WEIGHT;
import static eu.sinusnode.analysis.quality.Measurement.HEART_RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.quality.ReadingQuality;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.junit.jupiter.api.Test;

class VitalFeatureTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void columnsAreUniqueAndUnitsAreUcum() throws UcumException {
        UcumEssenceService ucum =
                new UcumEssenceService(UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml"));

        assertThat(VitalFeature.ALL)
                .hasSize(53)
                .extracting(VitalFeature::column)
                .doesNotHaveDuplicates();
        Set<String> units = VitalFeature.ALL.stream().map(VitalFeature::unit).collect(Collectors.toSet());
        assertThat(units)
                .contains("mm[Hg]/wk", "kg/wk", "%", "d")
                .allSatisfy(unit -> assertThat(ucum.validate(unit)).as(unit).isNull());
    }

    @Test
    void withoutReadingsNothingIsComputedButThatNothingWasMeasured() {
        FeatureWindow empty = window(new Vitals(), 28);

        for (VitalFeature feature : VitalFeature.ALL) {
            FeatureValue value = feature.of(empty);
            if (feature.column().endsWith("measured-share")) {
                assertThat(value).isEqualTo(new FeatureValue.Computed(0));
            } else if (feature.column().endsWith("longest-gap")) {
                assertThat(value).isEqualTo(new FeatureValue.Computed(28));
            } else {
                assertThat(value).as(feature.column()).isInstanceOf(FeatureValue.NotComputable.class);
            }
        }
    }

    @Test
    void aReasonSaysWhatIsThereAndWhatIsNeeded() {
        Vitals two = new Vitals()
                .add(HEART_RATE, "2026-11-18T08:00:00+01:00", 70)
                .add(HEART_RATE, "2026-11-19T08:00:00+01:00", 70);

        assertThat(value(two, "heart-rate-mean"))
                .isEqualTo(new FeatureValue.NotComputable("2 day(s) with values, 3 are needed"));
        assertThat(value(two, "heart-rate-night-dip"))
                .isEqualTo(new FeatureValue.NotComputable("0 value(s) by day and 0 by night, 20 and 7 are needed"));
    }

    @Test
    void aDayCountsOnceHoweverOftenWasMeasured() {
        Vitals vitals = new Vitals();
        for (int minute = 10; minute < 60; minute++) {
            vitals.add(HEART_RATE, "2026-11-17T08:%d:00+01:00".formatted(minute), 120);
        }
        vitals.add(HEART_RATE, "2026-11-18T08:00:00+01:00", 60).add(HEART_RATE, "2026-11-19T08:00:00+01:00", 60);

        assertThat(computed(vitals, "heart-rate-mean")).isCloseTo(80, within(1e-9));
        assertThat(computed(vitals, "heart-rate-median")).isEqualTo(60);
    }

    @Test
    void daysAreThePatientsOwn() {
        Vitals vitals = new Vitals()
                .add(HEART_RATE, "2026-11-17T23:30:00+01:00", 60)
                .add(HEART_RATE, "2026-11-18T00:30:00+01:00", 70)
                .add(HEART_RATE, "2026-11-18T23:30:00Z", 80);
        // 23:30 in UTC is half past midnight of the 19th in Berlin, but the device said UTC.
        assertThat(value(vitals, "heart-rate-mean"))
                .isEqualTo(new FeatureValue.NotComputable("2 day(s) with values, 3 are needed"));

        vitals.add(HEART_RATE, "2026-11-19T00:30:00+01:00", 90);

        assertThat(computed(vitals, "heart-rate-mean")).isCloseTo((60 + 75 + 90) / 3.0, within(1e-9));
    }

    @Test
    void aStrayValueDoesNotTurnTheSlope() {
        Vitals vitals = new Vitals();
        for (int day = 1; day <= 14; day++) {
            vitals.add(BODY_WEIGHT, "2026-11-%02dT07:00:00+01:00".formatted(day), 80 + day * 0.1);
        }
        double clean = computed(vitals, "body-weight-slope");
        assertThat(clean).isCloseTo(0.7, within(1e-9));
        vitals.add(BODY_WEIGHT, "2026-11-15T07:00:00+01:00", 77);

        assertThat(computed(vitals, "body-weight-slope")).isCloseTo(0.7, within(0.05));
    }

    @Test
    void pressureOfCufflessAndUnknownDevicesIsNoFeature() {
        Vitals vitals = new Vitals().device(Codes.CUFFLESS);
        for (int day = 1; day <= 9; day++) {
            vitals.pressure("2026-11-%02dT07:00:00+01:00".formatted(day), 190, 110);
        }
        vitals.device(null);
        for (int day = 1; day <= 9; day++) {
            vitals.pressure("2026-11-%02dT08:00:00+01:00".formatted(day), 190, 110);
        }

        assertThat(value(vitals, "systolic-mean")).isInstanceOf(FeatureValue.NotComputable.class);
        assertThat(computed(vitals, "systolic-measured-share")).isZero();
    }

    @Test
    void onlyWholeDaysOfTheWindowCountAndNothingAfterTheRun() {
        Vitals vitals = new Vitals()
                .add(BODY_WEIGHT, "2026-11-13T00:00:00+01:00", 84)
                .add(BODY_WEIGHT, "2026-11-14T00:00:00+01:00", 80)
                .add(BODY_WEIGHT, "2026-11-19T07:00:00+01:00", 80)
                .add(BODY_WEIGHT, "2026-11-20T13:00:00+01:00", 80)
                .add(BODY_WEIGHT, "2026-11-20T13:00:01+01:00", 84);

        FeatureWindow week = window(vitals, 7);

        assertThat(feature("body-weight-mean").of(week)).isEqualTo(new FeatureValue.Computed(80));
        assertThat(feature("body-weight-longest-gap").of(week)).isEqualTo(new FeatureValue.Computed(4));
    }

    private static double computed(Vitals vitals, String column) {
        return value(vitals, column) instanceof FeatureValue.Computed computed ? computed.value() : Double.NaN;
    }

    private static FeatureValue value(Vitals vitals, String column) {
        return feature(column).of(window(vitals, 28));
    }

    private static VitalFeature feature(String column) {
        return VitalFeature.ALL.stream()
                .filter(one -> one.column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static FeatureWindow window(Vitals vitals, int days) {
        return FeatureWindow.of(ReadingQuality.check(vitals.list(), AS_OF, null), AS_OF, days);
    }
}
