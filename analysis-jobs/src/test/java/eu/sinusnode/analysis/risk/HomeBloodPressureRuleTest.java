package eu.sinusnode.analysis.risk;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeBloodPressureRuleTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    private final HomeBloodPressureRule rule = new HomeBloodPressureRule();

    @ParameterizedTest
    @CsvSource({
        "119.9, 69.9, NON_ELEVATED",
        "120,   69.9, ELEVATED",
        "119.9, 70,   ELEVATED",
        "134.9, 84.9, ELEVATED",
        "135,   84.9, HYPERTENSION",
        "134.9, 85,   HYPERTENSION",
        "100,   85,   HYPERTENSION",
        "135,   60,   HYPERTENSION",
        "179.9, 109.9, HYPERTENSION",
        "180,   80,   SEVERE",
        "130,   110,  SEVERE",
        "190,   115,  SEVERE",
    })
    void theWorseOfSystolicAndDiastolicDecides(double systolic, double diastolic, HomeBloodPressureCategory expected) {
        assertThat(HomeBloodPressureCategory.of(systolic, diastolic)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"119, 69, CLEAR", "134, 84, CLEAR", "135, 80, hypertension", "120, 85, hypertension", "181, 90, severe"
    })
    void hypertensionAndSevereRaiseAFlagAndTheOthersDoNot(double systolic, double diastolic, String expected) {
        RiskResult result = score(HomeReadings.daily(5, systolic, diastolic));

        if (expected.equals("CLEAR")) {
            assertThat(result).isInstanceOf(RiskResult.Clear.class);
        } else {
            assertThat(raised(result).value()).isEqualTo(expected);
        }
    }

    @Test
    void theFirstDayIsLeftOut() {
        HomeReadings readings = HomeReadings.cuff()
                .add("2026-11-01T08:00:00+01:00", 170, 100)
                .add("2026-11-02T08:00:00+01:00", 130, 80)
                .add("2026-11-03T08:00:00+01:00", 130, 80);

        assertThat(score(readings)).isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                .contains("130.0/80.0")
                .contains("2 cuff readings on 2 days"));
    }

    @Test
    void twoDaysAreTooFewAndThreeAreEnough() {
        assertThat(notComputable(HomeReadings.daily(2, 150, 95)))
                .contains("2 day(s)")
                .contains("3 are needed");
        assertThat(score(HomeReadings.daily(3, 150, 95))).isInstanceOf(RiskResult.Raised.class);
    }

    @Test
    void manyReadingsOfOneDayAreOneDay() {
        HomeReadings readings = HomeReadings.cuff();
        for (int hour = 6; hour < 22; hour++) {
            readings.add("2026-11-10T%02d:00:00+01:00".formatted(hour), 185, 115);
        }

        assertThat(notComputable(readings)).contains("1 day(s)").contains("16 reading(s) of 180/110");
    }

    @Test
    void onlyCuffReadingsTakenAtHomeCount() {
        assertThat(notComputable(HomeReadings.cuff()
                        .device(Codes.CUFFLESS)
                        .add("2026-11-10T08:00:00+01:00", 150, 95)
                        .device(null)
                        .add("2026-11-11T08:00:00+01:00", 150, 95)
                        .device(Codes.CUFF)
                        .setting(Codes.OFFICE)
                        .add("2026-11-12T08:00:00+01:00", 150, 95)
                        .setting(null)
                        .add("2026-11-13T08:00:00+01:00", 150, 95)))
                .contains("no blood pressure reading of a cuff taken at home")
                .contains("1 from a cuffless device")
                .contains("1 from a device that is not known to be a cuff")
                .contains("2 not stated as taken at home");
    }

    @Test
    void cufflessReadingsDoNotMoveTheMeanOfTheCuff() {
        HomeReadings readings = HomeReadings.daily(4, 120, 75).device(Codes.CUFFLESS);
        readings.add("2026-11-03T09:00:00+01:00", 200, 120).add("2026-11-04T09:00:00+01:00", 200, 120);

        assertThat(score(readings)).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void faultsAreLeftOutAndNamed() {
        HomeReadings readings = HomeReadings.daily(4, 140, 90)
                .add("2026-11-03T10:00:00+01:00", 310, 90)
                .add("2026-11-03T11:00:00+01:00", 80, 90)
                .add("2026-11-03T08:00:00+01:00", 140, 90)
                .one("half", Codes.SYSTOLIC, "2026-11-04T07:15:00+01:00", 200, "mm[Hg]")
                .one("unit", Codes.SYSTOLIC, "2026-11-04T07:00:00+01:00", 20, "kPa")
                .status("preliminary")
                .add("2026-11-04T07:30:00+01:00", 200, 120);

        Finding finding = raised(score(readings));

        assertThat(finding.missing())
                .singleElement()
                .asString()
                .contains("2 with values that a cuff cannot mean")
                .contains("1 sent twice")
                .contains("1 not final")
                .contains("1 in a unit other than mm[Hg]")
                .contains("1 with only one of the two values");
        assertThat(finding.figures().get(0).value()).hasToString("140.0");
        assertThat(finding.inputs()).hasSize(3);
    }

    @Test
    void severeReadingsThatAllCarryTheTimeOfOneTransferAreNotToday() {
        HomeReadings readings = HomeReadings.daily(5, 120, 75)
                .add("2026-11-04T20:00:00+01:00", 190, 115)
                .add("2026-11-04T20:00:00+01:00", 191, 115)
                .add("2026-11-04T20:00:00+01:00", 192, 115);

        assertThat(score(readings)).isInstanceOf(RiskResult.Clear.class);
        Finding finding = raised(
                score(readings.add("2026-11-05T20:00:00+01:00", 190, 115).add("2026-11-05T20:02:00+01:00", 190, 115)));
        assertThat(finding.missing()).singleElement().asString().contains("3 with a time that cannot be theirs");
    }

    @Test
    void readingsOfTwentyEightDaysAreUsedAndOlderOnesAreNot() {
        HomeReadings readings = HomeReadings.cuff()
                .add("2026-10-20T07:59:59+01:00", 210, 130)
                .add("2026-10-20T08:00:00+01:00", 210, 130)
                .add("2026-10-20T08:00:01+01:00", 100, 60)
                .add("2026-11-16T08:00:00+01:00", 128, 78)
                .add("2026-11-17T08:00:00+01:00", 128, 78);

        assertThat(score(readings)).isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                .contains("128.0/78.0"));
    }

    @Test
    void aNewestReadingOlderThanTwentyEightDaysIsStale() {
        HomeReadings readings = HomeReadings.daily(5, 150, 95);
        Instant justInTime = Instant.parse("2026-12-03T07:00:00Z");

        assertThat(rule.score(PatientFeatures.of(readings.of("p"), justInTime))).isInstanceOf(RiskResult.Raised.class);
        assertThat(rule.score(PatientFeatures.of(readings.of("p"), justInTime.plusSeconds(1))))
                .isInstanceOfSatisfying(RiskResult.NotComputable.class, result -> assertThat(result.reason())
                        .contains("2026-11-05")
                        .contains("older than 28 days"));
    }

    @Test
    void readingsAfterTheRunAreNotThere() {
        HomeReadings readings = HomeReadings.daily(3, 120, 75)
                .add("2026-11-21T08:00:00+01:00", 200, 120)
                .add("2026-11-22T08:00:00+01:00", 200, 120);

        assertThat(score(readings)).isInstanceOf(RiskResult.Clear.class);
    }

    /** 25 October 2026 has 25 hours in Berlin: 02:30 comes twice, and both are readings of that day. */
    @Test
    void daysAreThePatientsOwnAcrossTheChangeOfTheClocks() {
        HomeReadings readings = HomeReadings.cuff()
                .add("2026-10-24T23:30:00+02:00", 140, 90)
                .add("2026-10-25T02:30:00+02:00", 140, 90)
                .add("2026-10-25T02:30:00+01:00", 140, 90)
                .add("2026-10-25T23:30:00+01:00", 140, 90);

        assertThat(notComputable(readings)).contains("2 day(s)");
        // 23:30 UTC of the 25th is the 26th where the patient is.
        assertThat(score(readings.add("2026-10-26T00:30:00+01:00", 140, 90))).isInstanceOf(RiskResult.Raised.class);
    }

    @Test
    void twoSevereReadingsOfTheNewestDayAreSevereWhateverTheMean() {
        HomeReadings one = HomeReadings.daily(10, 120, 75).add("2026-11-10T20:00:00+01:00", 185, 100);
        assertThat(score(one)).isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                .contains("1 reading(s) of 180/110"));

        Finding finding = raised(score(one.add("2026-11-10T20:05:00+01:00", 183, 112)));

        assertThat(finding.value()).isEqualTo("severe");
        assertThat(finding.interpretation()).isEqualTo("HH");
        assertThat(finding.decideWithin()).hasDays(1);
        assertThat(finding.reasons()).last().asString().contains("2 readings of the newest day");
        assertThat(finding.telling().get(0)).isEqualTo("Observation/bp-20/_history/1");
    }

    @Test
    void withheldBloodPressureIsSaidToBeWithheld() {
        assertThat(notComputable(HomeReadings.cuff().withheld(Codes.BLOOD_PRESSURE_PANEL)))
                .contains("withheld")
                .contains("consent");
    }

    @Test
    void theTellingReadingsAreFewAndTheInputsAreAll() {
        HomeReadings readings = HomeReadings.cuff();
        for (int day = 1; day <= 19; day++) {
            readings.add("2026-11-%02dT08:00:00+01:00".formatted(day), 140 + day, 90)
                    .add("2026-11-%02dT20:00:00+01:00".formatted(day), 140, 90);
        }

        Finding finding = raised(score(readings));

        assertThat(finding.inputs()).hasSize(36);
        assertThat(finding.telling()).hasSize(12).isSubsetOf(finding.inputs());
    }

    private RiskResult score(HomeReadings readings) {
        return rule.score(PatientFeatures.of(readings.of("p"), AS_OF));
    }

    private String notComputable(HomeReadings readings) {
        return ((RiskResult.NotComputable) score(readings)).reason();
    }

    private static Finding raised(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.Raised.class);
        return ((RiskResult.Raised) result).finding();
    }
}
