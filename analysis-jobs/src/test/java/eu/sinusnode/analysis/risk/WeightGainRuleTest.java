package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightGainRuleTest {

    private final WeightGainRule rule = new WeightGainRule();

    private Vitals weights(double... kg) {
        Vitals vitals = new Vitals();
        for (int i = 0; i < kg.length; i++) {
            vitals.add(Measurement.BODY_WEIGHT, "2026-11-%02dT07:00:00+01:00".formatted(20 - kg.length + 1 + i), kg[i]);
        }
        return vitals;
    }

    @Test
    void moreThanTwoKilogramsInThreeDays() {
        assertThat(score(rule, weights(80, 80.5, 81, 82), new Facts())).isInstanceOf(RiskResult.Clear.class);
        Finding finding = raised(score(rule, weights(80, 80.5, 81, 82.1), new Facts()));
        assertThat(finding.figures().get(0).value()).hasToString("2.1");
        assertThat(finding.decideWithin()).hasDays(1);
        assertThat(finding.missing()).anyMatch(sentence -> sentence.contains("heart failure"));
        assertThat(finding.words().forPatient().english()).doesNotContain("heart failure");
        assertThat(score(rule, weights(79, 80.5, 81, 81, 81.5), new Facts()))
                .as("the gain of four days does not count")
                .isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void poundsAreKilogramsBeforeTheyAreCompared() {
        Vitals vitals = new Vitals()
                .add(Measurement.BODY_WEIGHT, "2026-11-19T07:00:00+01:00", 80)
                .add(Measurement.BODY_WEIGHT, "2026-11-20T07:00:00+01:00", 181.44, "[lb_av]");
        assertThat(raised(score(rule, vitals, new Facts())).figures().get(0).value())
                .hasToString("2.3");
        Vitals mixed = new Vitals()
                .add(Measurement.BODY_WEIGHT, "2026-11-19T07:00:00+01:00", 80)
                .add(Measurement.BODY_WEIGHT, "2026-11-20T07:00:00+01:00", 176.4, "[lb_av]");
        assertThat(score(rule, mixed, new Facts())).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void anotherPersonOnTheScaleIsNoGain() {
        assertThat(score(rule, weights(80, 80, 80, 91, 80), new Facts())).isInstanceOf(RiskResult.Clear.class);
        assertThat(score(rule, weights(80, 80, 80, 80, 91), new Facts())).isInstanceOf(RiskResult.Clear.class);
        assertThat(score(rule, weights(62, 80, 80.4, 80.2), new Facts())).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void tooLittleIsNotComputable() {
        assertThat(notComputable(score(rule, new Vitals(), new Facts()))).contains("no usable body weight");
        assertThat(notComputable(score(rule, weights(80), new Facts()))).contains("2 are needed");
        assertThat(notComputable(score(rule, new Vitals().withheld(Codes.BODY_WEIGHT), new Facts())))
                .contains("withheld");
        Vitals old = new Vitals()
                .add(Measurement.BODY_WEIGHT, "2026-11-16T07:00:00+01:00", 80)
                .add(Measurement.BODY_WEIGHT, "2026-11-17T07:00:00+01:00", 84);
        assertThat(notComputable(score(rule, old, new Facts())))
                .contains("2026-11-17")
                .contains("older than two days");
    }

    @Test
    void withTooFewDaysItSaysHowMuchOfThePlanWasKept() {
        Facts facts = new Facts().kept(List.of("o0"), 3.6, "2026-11-15");
        assertThat(notComputable(score(rule, weights(80), facts)))
                .contains("2 are needed")
                .endsWith(" 3.6 % were kept.");
        assertThat(raised(score(rule, weights(80, 83), facts)).reasons())
                .isEqualTo(raised(score(rule, weights(80, 83), new Facts())).reasons());
    }

    @Test
    void itIsForHeartFailureWhenTheRecordWasRead() {
        Facts without = new Facts().diagnoses(Diagnosis.HYPERTENSION);
        assertThat(score(rule, weights(80, 83), without)).isInstanceOf(RiskResult.NotApplicable.class);

        Finding finding = raised(score(rule, weights(80, 83), new Facts().diagnoses(Diagnosis.HEART_FAILURE)));
        assertThat(finding.inputs()).contains("Condition/HEART_FAILURE/_history/1");
        assertThat(finding.missing()).noneMatch(sentence -> sentence.contains("heart failure"));
    }
}
