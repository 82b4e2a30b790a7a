package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.figure;
import static eu.sinusnode.analysis.risk.RuleResults.notApplicable;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.pressure;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import org.junit.jupiter.api.Test;

class HeartFailureMortalityRuleTest {

    private final HeartFailureMortalityRule rule = new HeartFailureMortalityRule();

    /** The worked example: 23 points. */
    private Facts example() {
        return new Facts()
                .born("1958-05-01")
                .sex(Sex.FEMALE)
                .diagnoses(Diagnosis.HEART_FAILURE)
                .heartFailureSince("2026-01-01")
                .drugs(DrugClass.BETA_BLOCKER)
                .smoking(Smoking.CURRENT)
                .nyha(2)
                .laboratory(LaboratoryCodes.CREATININE, 135, "umol/L")
                .laboratory(Codes.EJECTION_FRACTION, 30, "%");
    }

    private Vitals example(double mass) {
        return pressure(119).add(Measurement.BODY_MASS_INDEX, "2026-11-18T08:00:00+01:00", mass);
    }

    @Test
    void theWorkedExampleFromARecord() {
        assertThat(score(rule, example(19), example()))
                .isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                        .startsWith("MAGGIC is 23 points, a risk of dying of 13.4 % in one year and 31.6 % in three"));
    }

    @Test
    void from25PointsOnItIsFlagged() {
        Finding finding = raised(score(rule, example(19), example().heartFailureSince("2025-05-20")));

        assertThat(figure(finding, "MAGGIC")).isEqualTo("25");
        assertThat(finding.words().forPatient().english()).doesNotContain("dying");
        assertThat(score(rule, example(19), example().heartFailureSince("2025-05-21")))
                .isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void theMassIndexComesFromWeightAndHeightWhereThereIsNone() {
        Vitals vitals = pressure(119)
                .add(Measurement.BODY_WEIGHT, "2026-11-18T08:00:00+01:00", 54.9)
                .add(Measurement.BODY_HEIGHT, "2020-01-01T08:00:00+01:00", 170);

        assertThat(score(rule, vitals, example()))
                .isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                        .startsWith("MAGGIC is 23 points"));
        assertThat(notComputable(score(rule, pressure(119), example()))).contains("body mass index");
    }

    @Test
    void everyMissingInputIsNamed() {
        Facts bare = new Facts().diagnoses(Diagnosis.HEART_FAILURE);
        assertThat(notComputable(score(rule, new Vitals(), bare)))
                .isEqualTo(
                        "MAGGIC cannot be computed. Missing, stale or withheld: medication: The record's medication was not read;"
                                + " the birth date; the sex, as female or male; smoking status; systolic pressure: cuff readings"
                                + " of 0 day(s) in 28, 3 are needed; left ventricular ejection fraction; creatinine; body mass"
                                + " index, or a weight of the last 28 days with a height; NYHA class; since when heart failure"
                                + " is known.");
        assertThat(notApplicable(score(rule, new Vitals(), new Facts().diagnoses())))
                .contains("no heart failure");
    }
}
