package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.clear;
import static eu.sinusnode.analysis.risk.RuleResults.notApplicable;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.model.ModelRefused;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DecompensationModelTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 20);

    private final DecompensationModel model = new DecompensationModel(AdditiveModel.shipped(DecompensationModel.ID));
    private final Facts failure = new Facts().diagnoses(Diagnosis.HEART_FAILURE);

    private static String at(int ago) {
        return LAST.minusDays(ago) + "T07:00:00+01:00";
    }

    /** 80 kg each day, and {@code more} on the last three. */
    private static Vitals weights(int days, int newest, double more) {
        Vitals vitals = new Vitals();
        for (int ago = newest + days - 1; ago >= newest; ago--) {
            vitals.add(Measurement.BODY_WEIGHT, at(ago), ago < 3 ? 80 + more : 80);
        }
        return vitals;
    }

    @Test
    void waterBeforeAnAdmissionIsRaised() {
        Vitals vitals = weights(28, 0, 1.8);
        for (int ago = 27; ago >= 0; ago--) {
            vitals.add(Measurement.RESTING_HEART_RATE, at(ago), ago < 3 ? 78 : 70);
        }

        Finding finding = raised(score(model, vitals, failure));

        double contributions = finding.figures().stream()
                .filter(figure -> figure.name().startsWith("Contribution of "))
                .mapToDouble(Figure::exact)
                .sum();
        double probability = finding.figures().get(0).exact();
        assertThat(finding.figures().get(0).name()).startsWith("Probability");
        assertThat(Math.log(probability / (1 - probability)))
                .isCloseTo(finding.figures().get(2).exact() + contributions, within(1e-9));
        assertThat(finding.reasons())
                .anyMatch(reason -> reason.contains("weight above usual (+") && reason.contains("add up"));
        assertThat(finding.missing()).noneMatch(sentence -> sentence.startsWith("Missing"));
        assertThat(finding.words().forClinician().english()).contains("simulated patients alone");
        assertThat(finding.words().forClinician().german()).contains("nur an simulierten Patienten");
        assertThat(finding.words().forPatient().english())
                .contains("simulated people alone")
                .doesNotContain("heart failure");
        assertThat(finding.words().forPatient().german()).contains("nur mit simulierten Menschen");
        assertThat(model.startsInShadow()).isTrue();
    }

    @Test
    void withoutAHeartRateItJudgesAndSaysSo() {
        assertThat(raised(score(model, weights(28, 0, 2.5), failure)).missing())
                .contains("Missing, and counted as in an average training row: resting heart rate above usual.");
        assertThat(clear(score(model, weights(28, 0, 0), failure))).contains("simulated patients");
    }

    @Test
    void tooLittleTooOldAndWithheldAreNotComputable() {
        assertThat(notComputable(score(model, weights(28, 0, 2.5), new Facts())))
                .contains("Whether the patient has heart failure is not known");
        assertThat(notComputable(score(model, weights(6, 0, 0), failure))).contains("6 day(s) in 28; 7 are needed");
        assertThat(notComputable(score(model, weights(10, 3, 0), failure)))
                .isEqualTo("The newest body weight is of 2026-11-17; it is older than 3 days.");
        assertThat(notComputable(score(model, new Vitals().withheld(Codes.BODY_WEIGHT), failure)))
                .contains("withheld");
        assertThat(score(model, weights(7, 2, 0), failure)).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void itIsForHeartFailureAlone() {
        assertThat(notApplicable(score(model, weights(28, 0, 2.5), new Facts().diagnoses())))
                .contains("no heart failure");
    }

    @Test
    void anotherPersonOnTheScaleIsNoWater() {
        Vitals vitals = weights(28, 1, 0).add(Measurement.BODY_WEIGHT, at(0), 93);
        assertThat(score(model, vitals, failure)).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void aModelOfOtherInputsIsRefused() {
        assertThatThrownBy(() -> new DecompensationModel(AdditiveModel.shipped(PressureDeteriorationModel.ID)))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("weight_rise_3d_kg");
    }
}
