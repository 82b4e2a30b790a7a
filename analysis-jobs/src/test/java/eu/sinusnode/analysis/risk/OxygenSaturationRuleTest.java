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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OxygenSaturationRuleTest {

    private final OxygenSaturationRule rule = new OxygenSaturationRule();

    private Vitals saturations(double... percent) {
        Vitals vitals = new Vitals();
        for (int i = 0; i < percent.length; i++) {
            vitals.add(
                    Measurement.OXYGEN_SATURATION,
                    "2026-11-%02dT07:00:00+01:00".formatted(20 - percent.length + 1 + i),
                    percent[i]);
        }
        return vitals;
    }

    @ParameterizedTest
    @CsvSource({"92, false, false", "91.9, false, true", "91, true, false", "88, true, false", "87.9, true, true"})
    void below92AndInLungDiseaseBelow88(double percent, boolean lungDisease, boolean expected) {
        Facts facts = lungDisease
                ? new Facts().diagnoses(Diagnosis.CHRONIC_OBSTRUCTIVE_LUNG_DISEASE)
                : new Facts().diagnoses();

        assertThat(score(rule, saturations(percent, percent, percent), facts) instanceof RiskResult.Raised)
                .isEqualTo(expected);
    }

    @Test
    void unreadDiagnosesAreSaidToBeUnknown() {
        Finding finding = raised(score(rule, saturations(90, 90, 90), new Facts()));

        assertThat(finding.missing()).anyMatch(sentence -> sentence.contains("88 to 92 %"));
        assertThat(finding.words().forClinician().german()).contains("90,0 %");
    }

    @Test
    void sharesOfOneAreNotSaturations() {
        Vitals shares = new Vitals();
        for (int day = 15; day <= 20; day++) {
            shares.add(Measurement.OXYGEN_SATURATION, "2026-11-%02dT07:00:00+01:00".formatted(day), 0.97, "%");
        }

        assertThat(notComputable(score(rule, shares, new Facts()))).contains("no usable oxygen saturation");
    }

    @Test
    void tooFewDaysAndStaleOnesAreNotComputable() {
        assertThat(notComputable(score(rule, saturations(85, 85), new Facts()))).contains("3 are needed");
        assertThat(notComputable(score(rule, new Vitals().withheld(Codes.OXYGEN_SATURATION), new Facts())))
                .contains("withheld");
    }
}
