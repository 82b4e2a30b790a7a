package eu.sinusnode.analysis.risk;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0,    2026-11-15, 'a beta blocker 0.0 % from 2026-10-19 to 2026-11-15 (low, below 80 %).'",
                "79.9, 2026-11-15, 'a beta blocker 79.9 % from 2026-10-19 to 2026-11-15 (low, below 80 %).'",
                "80,   2026-11-15, a beta blocker 80.0 % from 2026-10-19 to 2026-11-15.",
                "100,  2026-11-20, a beta blocker 100.0 % from 2026-10-24 to 2026-11-20.",
                "100,  2026-11-06, a beta blocker 100.0 % from 2026-10-10 to 2026-11-06.",
                "-,    2026-11-15, 'a beta blocker not computable from 2026-10-19 to 2026-11-15, which does not mean not taken.'",
            })
    void whatWasCoveredOfTheTreatmentStandsBesideAFlag(@Nullable Double percent, String to, String told) {
        Facts facts = new Facts().drugs(DrugClass.BETA_BLOCKER).covered(DrugClass.BETA_BLOCKER, percent, to);

        Finding finding = RuleResults.raised(RuleResults.score(rule, RuleResults.pressure(150), facts));

        assertThat(finding.reasons())
                .hasSize(4)
                .anyMatch(reason -> reason.endsWith(told))
                .last()
                .asString()
                .contains("before treatment is intensified", "not drugs that were dispensed");
        assertThat(finding.telling()).last().isEqualTo("Observation/adherence-0/_history/1");
        assertThat(finding.inputs())
                .contains("Observation/adherence-0/_history/1", "MedicationRequest/BETA_BLOCKER/_history/1");
    }

    @ParameterizedTest
    @CsvSource({
        "BETA_BLOCKER, BETA_BLOCKER, 2026-11-05", // Stale.
        "BETA_BLOCKER, BETA_BLOCKER, 2026-11-21", // Of days after the run.
        "BETA_BLOCKER, DIURETIC, 2026-11-15", // Of a prescription that is not active.
        "ANTICOAGULANT, ANTICOAGULANT, 2026-11-15",
        "OTHER_SLOWING_DRUG, OTHER_SLOWING_DRUG, 2026-11-15",
    })
    void whatIsStaleOrOfAnotherDrugIsNotTold(DrugClass recorded, DrugClass covered, String to) {
        Facts facts = new Facts().drugs(recorded).covered(covered, 50.0, to);

        assertThat(RuleResults.score(rule, RuleResults.pressure(150), facts))
                .isEqualTo(RuleResults.score(rule, RuleResults.pressure(150), new Facts()));
    }

    @Test
    void eachPrescriptionIsTold() {
        Facts facts = new Facts()
                .drugs(DrugClass.BETA_BLOCKER, DrugClass.DIURETIC)
                .covered(DrugClass.DIURETIC, 92.9, "2026-11-15")
                .covered(DrugClass.BETA_BLOCKER, null, "2026-11-15");

        Finding finding = RuleResults.raised(RuleResults.score(rule, RuleResults.pressure(185), facts));

        assertThat(finding.value()).isEqualTo("severe");
        assertThat(finding.reasons().get(2)).contains("a diuretic 92.9 %", "; a beta blocker not computable");
    }

    /** The attack on the rule: a patient who takes nothing, and whose pressure is as it should be. */
    @Test
    void lowAdherenceAloneRaisesNothing() {
        Facts facts = new Facts().drugs(DrugClass.BETA_BLOCKER).covered(DrugClass.BETA_BLOCKER, 0.0, "2026-11-15");

        assertThat(RuleResults.score(rule, RuleResults.pressure(120), facts))
                .isInstanceOf(RiskResult.Clear.class)
                .isEqualTo(RuleResults.score(rule, RuleResults.pressure(120), new Facts()));
    }

    @Test
    void withTooFewDaysItSaysHowMuchOfThePlanWasKept() {
        Vitals two = new Vitals()
                .device(Codes.CUFF)
                .setting(Codes.HOME)
                .pressure("2026-11-10T08:00:00+01:00", 150, 95)
                .pressure("2026-11-11T08:00:00+01:00", 150, 95);

        assertThat(RuleResults.notComputable(
                        RuleResults.score(rule, two, new Facts().kept(List.of("bp2"), 7.1, "2026-11-15"))))
                .endsWith(
                        "3 are needed. Of the measurements that the plan asked for from 2026-10-19 to 2026-11-15, 7.1 % were"
                                + " kept.");
        for (Facts other : List.of(
                new Facts().kept(List.of("weight"), 7.1, "2026-11-15"),
                new Facts().kept(List.of("bp2"), 7.1, "2026-11-05"),
                new Facts().kept(List.of(), null, "2026-11-15"))) {
            assertThat(RuleResults.notComputable(RuleResults.score(rule, two, other)))
                    .endsWith("3 are needed.");
        }
    }

    @Test
    void adherenceThatIsWithheldIsNamed() {
        Finding finding = raised(score(HomeReadings.daily(5, 150, 95).withheld(Codes.DAYS_COVERED)));

        assertThat(finding.reasons()).hasSize(2);
        assertThat(finding.missing())
                .anyMatch(sentence -> sentence.contains("Withheld")
                        && sentence.contains("label")
                        && sentence.contains(Codes.DAYS_COVERED));
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
