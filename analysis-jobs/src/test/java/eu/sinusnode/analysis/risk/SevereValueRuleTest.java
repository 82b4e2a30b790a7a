package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.clear;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SevereValueRuleTest {

    private final SevereValueRule rule = new SevereValueRule();

    private RiskResult of(Vitals vitals) {
        return score(rule, vitals, new Facts());
    }

    @ParameterizedTest
    @CsvSource({"180, 90, true", "179.9, 109.9, false", "140, 110, true", "179, 109, false"})
    void crisisPressureFrom180Or110(double systolic, double diastolic, boolean expected) {
        Vitals vitals = new Vitals()
                .device(Codes.CUFF)
                .pressure("2026-11-20T08:00:00+01:00", systolic, diastolic)
                .pressure("2026-11-20T08:02:00+01:00", systolic, diastolic);

        assertThat(of(vitals) instanceof RiskResult.Raised).isEqualTo(expected);
    }

    @Test
    void twoValuesAreHighAndOneIsToBeMeasuredAgain() {
        Vitals one = new Vitals()
                .device(Codes.CUFF)
                .pressure("2026-11-20T08:00:00+01:00", 190, 100)
                .pressure("2026-11-20T08:02:00+01:00", 150, 90);
        Finding single = raised(of(one));
        assertThat(single.value()).isEqualTo("moderate");
        assertThat(single.words().forClinician().german()).startsWith("Ein einzelner kritischer Wert");

        Finding confirmed = raised(of(one.pressure("2026-11-20T08:04:00+01:00", 186, 98)));

        assertThat(confirmed.value()).isEqualTo("high");
        assertThat(confirmed.decideWithin()).hasDays(1);
        assertThat(confirmed.reasons())
                .singleElement()
                .asString()
                .contains("2 value(s)")
                .contains("190");
        assertThat(confirmed.words().forPatient().german()).contains("112");
    }

    @Test
    void withoutACuffManyValuesAskForACuffAndConfirmNothing() {
        Vitals cuffless = new Vitals()
                .device(Codes.CUFFLESS)
                .pressure("2026-11-20T08:00:00+01:00", 200, 120)
                .pressure("2026-11-20T08:02:00+01:00", 205, 120)
                .device(null)
                .pressure("2026-11-20T08:04:00+01:00", 200, 120);

        Finding finding = raised(of(cuffless));

        assertThat(finding.value()).as("never high").isEqualTo("moderate");
        assertThat(finding.decideWithin()).hasDays(1);
        assertThat(finding.words().forClinician().english())
                .contains("unconfirmed", "systolic 205", "diastolic 120", "Repeat the measurement with a cuff");
        assertThat(finding.words().forClinician().german()).contains("unbestätigter", "Manschette wiederholen");
        assertThat(finding.words().forPatient().english()).contains("upper-arm cuff", "112");
        assertThat(finding.words().forPatient().german()).contains("Oberarmmanschette", "112");
        assertThat(finding.telling()).hasSize(3);
        assertThat(score(new HomeBloodPressureRule(), cuffless, new Facts()))
                .as("no category")
                .isNotInstanceOf(RiskResult.Raised.class);
    }

    @ParameterizedTest
    @CsvSource({"180, 90, true", "179.9, 109.9, false", "140, 110, true"})
    void unconfirmedPressuresHaveTheSameLimits(double systolic, double diastolic, boolean expected) {
        Vitals vitals = new Vitals().device(null).pressure("2026-11-20T08:00:00+01:00", systolic, diastolic);

        assertThat(of(vitals) instanceof RiskResult.Raised).isEqualTo(expected);
        assertThat(expected || notComputable(of(vitals)).contains("no cuff pressure"))
                .isTrue();
    }

    @Test
    void aCuffAfterwardsSettlesItAndOneBeforeDoesNot() {
        Vitals before = new Vitals()
                .device(Codes.CUFF)
                .pressure("2026-11-20T07:00:00+01:00", 130, 80)
                .device(null)
                .pressure("2026-11-20T08:00:00+01:00", 200, 120);
        assertThat(raised(of(before)).words().forClinician().english()).contains("unconfirmed");

        Vitals normal = before.device(Codes.CUFF).pressure("2026-11-20T08:05:00+01:00", 132, 81);
        assertThat(of(normal)).isInstanceOf(RiskResult.Clear.class);

        Vitals high = normal.pressure("2026-11-20T08:07:00+01:00", 195, 112);
        assertThat(raised(of(high)).words().forClinician().english()).startsWith("A single severe value");
    }

    @Test
    void oldUnconfirmedPressuresRaiseNothing() {
        Vitals old = new Vitals().device(null).pressure("2026-11-17T08:00:00+01:00", 200, 120);
        Vitals yesterday = new Vitals()
                .device(null)
                .pressure("2026-11-19T07:00:00+01:00", 200, 120)
                .pressure("2026-11-20T08:00:00+01:00", 140, 90);

        assertThat(of(old)).isInstanceOf(RiskResult.NotComputable.class);
        assertThat(of(yesterday)).isInstanceOf(RiskResult.NotComputable.class);
    }

    @ParameterizedTest
    @CsvSource({"90, false, false", "89.9, false, true", "85, true, false", "84.9, true, true"})
    void saturationBelow90AndInLungDiseaseBelow85(double saturation, boolean lungDisease, boolean expected) {
        Facts facts = lungDisease ? new Facts().diagnoses(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE) : new Facts();
        Vitals vitals = new Vitals()
                .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:00:00+01:00", saturation)
                .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:02:00+01:00", saturation);

        assertThat(score(rule, vitals, facts) instanceof RiskResult.Raised).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "HEART_RATE, 39, 2, true",
        "HEART_RATE, 39, 1, false",
        "HEART_RATE, 40, 2, false",
        "HEART_RATE, 180, 5, false",
        "RESTING_HEART_RATE, 131, 2, true",
        "RESTING_HEART_RATE, 131, 1, false",
        "RESTING_HEART_RATE, 130, 2, false",
        "RESTING_HEART_RATE, 39, 2, true",
    })
    void ratesNeedASecondValueAndHighOnesRest(Measurement what, double rate, int times, boolean expected) {
        Vitals vitals = new Vitals();
        for (int i = 0; i < times; i++) {
            vitals.add(what, "2026-11-20T08:0%d:00+01:00".formatted(i), rate);
        }

        assertThat(of(vitals) instanceof RiskResult.Raised).isEqualTo(expected);
    }

    @Test
    void aSingleRateIsNamed() {
        Vitals vitals = new Vitals().add(Measurement.HEART_RATE, "2026-11-20T08:00:00+01:00", 35);

        assertThat(clear(of(vitals))).contains("One heart rate of 35 stands alone");
    }

    @Test
    void onlyTheNewest24HoursCountAndOldDataIsNotComputable() {
        Vitals vitals = new Vitals()
                .device(Codes.CUFF)
                .pressure("2026-11-19T08:00:00+01:00", 200, 120)
                .pressure("2026-11-19T08:02:00+01:00", 200, 120)
                .pressure("2026-11-20T08:03:00+01:00", 140, 90);
        assertThat(of(vitals)).isInstanceOf(RiskResult.Clear.class);

        Vitals old = new Vitals()
                .add(Measurement.OXYGEN_SATURATION, "2026-11-17T08:00:00+01:00", 80)
                .add(Measurement.OXYGEN_SATURATION, "2026-11-17T08:02:00+01:00", 80);
        assertThat(notComputable(of(old))).contains("the run's day or the two before");
        Vitals justIn = new Vitals()
                .add(Measurement.OXYGEN_SATURATION, "2026-11-18T08:00:00+01:00", 80)
                .add(Measurement.OXYGEN_SATURATION, "2026-11-18T08:02:00+01:00", 80);
        assertThat(of(justIn)).isInstanceOf(RiskResult.Raised.class);
    }

    @Test
    void aClinicianSetsTheLimitsOfThePatient() {
        Vitals vitals = new Vitals()
                .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:00:00+01:00", 87)
                .add(Measurement.OXYGEN_SATURATION, "2026-11-20T08:02:00+01:00", 87)
                .device(Codes.CUFF)
                .pressure("2026-11-20T08:00:00+01:00", 165, 90)
                .pressure("2026-11-20T08:02:00+01:00", 165, 90);
        Facts facts =
                new Facts().limit(Codes.OXYGEN_SATURATION, 85.0, null, "1").limit(Codes.SYSTOLIC, null, 160.0, "2");

        Finding finding = raised(score(rule, vitals, facts));

        assertThat(finding.reasons())
                .satisfiesExactly(seen -> assertThat(seen).contains("systolic", "160"), set -> assertThat(set)
                        .isEqualTo("A clinician has set the limit for this patient (Goal/2/_history/1)."));
        assertThat(finding.inputs()).contains("Goal/2/_history/1");
    }

    @Test
    void whatIsWithheldIsSaidSo() {
        assertThat(notComputable(of(new Vitals().withheld(Codes.OXYGEN_SATURATION))))
                .contains("Withheld")
                .contains(Codes.OXYGEN_SATURATION);
    }
}
