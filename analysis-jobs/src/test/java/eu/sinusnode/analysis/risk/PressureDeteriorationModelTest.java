package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.clear;
import static eu.sinusnode.analysis.risk.RuleResults.notApplicable;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PressureDeteriorationModelTest {

    private static final LocalDate LAST = LocalDate.of(2026, 11, 20);

    private final PressureDeteriorationModel model =
            new PressureDeteriorationModel(AdditiveModel.shipped(PressureDeteriorationModel.ID));
    private final Facts hypertension = new Facts().diagnoses(Diagnosis.HYPERTENSION);

    /** Daily, up to {@code newest} days before the run's. */
    private static Vitals daily(int days, int newest, double level, double aDay) {
        return daily(days, newest, level, aDay, Codes.CUFF, Codes.HOME);
    }

    private static Vitals daily(int days, int newest, double level, double aDay, String device, String setting) {
        Vitals vitals = new Vitals().device(device).setting(setting);
        for (int ago = newest + days - 1; ago >= newest; ago--) {
            vitals.pressure(LAST.minusDays(ago) + "T08:00:00+01:00", Math.rint(level - aDay * ago), 76);
        }
        return vitals;
    }

    @Test
    void risingPressureUnderTheLimitIsRaised() {
        RiskResult result = score(model, daily(28, 0, 136, 0.7), hypertension);

        Finding finding = raised(result);
        assertThat(finding.value()).isEqualTo("moderate");
        double contributions = finding.figures().stream()
                .filter(figure -> figure.name().startsWith("Contribution of "))
                .mapToDouble(Figure::exact)
                .sum();
        double base = exact(finding, "Log-odds of an average training row");
        double probability = exact(finding, "Probability");
        assertThat(Math.log(probability / (1 - probability))).isCloseTo(base + contributions, within(1e-9));
        assertThat(probability).isGreaterThanOrEqualTo(exact(finding, "Threshold"));
        assertThat(finding.inputs()).anyMatch(version -> version.startsWith("Condition/"));
    }

    private static double exact(Finding finding, String name) {
        return finding.figures().stream()
                .filter(figure -> figure.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .exact();
    }

    /** Nobody who reads a flag of it may take it for more than it is. */
    @Test
    void everySentenceSaysThatItIsOfSimulatedPatients() {
        Finding finding = raised(score(model, daily(28, 0, 136, 0.7), hypertension));
        Words words = finding.words();

        assertThat(words.forClinician().english()).contains("simulated patients alone");
        assertThat(words.forClinician().german())
                .contains("nur an simulierten Patienten")
                .contains("0,");
        assertThat(words.forPatient().english()).contains("simulated people alone");
        assertThat(words.forPatient().german()).contains("nur mit simulierten Menschen");
        assertThat(finding.decision()).contains("Nothing that it says is known of real ones");
        assertThat(model.identity().name()).contains("synthetic");
        assertThat(model.startsInShadow()).isTrue();
    }

    @Test
    void steadyPressureIsClear() {
        assertThat(clear(score(model, daily(28, 0, 118, 0), hypertension))).contains("simulated patients");
    }

    @Test
    void itIsNotForEverybody() {
        assertThat(notApplicable(score(model, daily(28, 0, 136, 0.7), new Facts().diagnoses())))
                .contains("no hypertension");
        assertThat(notApplicable(score(model, daily(28, 0, 150, 0), hypertension)))
                .contains("not under 135/85");
    }

    @Test
    void tooLittleTooOldAndWithheldAreNotComputable() {
        assertThat(notComputable(score(model, daily(28, 0, 136, 0.7), new Facts())))
                .contains("Whether the patient has hypertension is not known");
        assertThat(notComputable(score(model, daily(9, 0, 120, 0), hypertension)))
                .contains("9 day(s) in 28; 10");
        assertThat(notComputable(score(model, daily(14, 14, 120, 0), hypertension)))
                .isEqualTo("The newest home blood pressure is of 2026-11-06; it is older than 14 days.");
        assertThat(notComputable(score(model, new Vitals().withheld(Codes.SYSTOLIC), hypertension)))
                .contains("withheld");
        assertThat(notComputable(score(model, new Vitals(), hypertension))).contains("0 day(s)");
    }

    @Test
    void tenDaysAreEnoughAndThirteenDaysAgoIsNotTooOld() {
        assertThat(score(model, daily(10, 0, 120, 0), hypertension)).isInstanceOf(RiskResult.Clear.class);
        assertThat(score(model, daily(15, 13, 120, 0), hypertension)).isInstanceOf(RiskResult.Clear.class);
    }

    @Test
    void cufflessAndOfficeReadingsNeverCount() {
        assertThat(notComputable(score(model, daily(28, 0, 136, 0.7, Codes.CUFFLESS, Codes.HOME), hypertension)))
                .contains("0 day(s)");
        assertThat(notComputable(score(model, daily(28, 0, 136, 0.7, Codes.CUFF, Codes.OFFICE), hypertension)))
                .contains("0 day(s)");
    }

    @Test
    void whatItIsFedWithIsNamedWhereItJudgesAlone() {
        PatientFeatures judged =
                PatientFeatures.of(daily(28, 0, 120, 0).of("p", hypertension.build()), RuleResults.AS_OF);
        PatientFeatures other =
                PatientFeatures.of(daily(9, 0, 120, 0).of("p", hypertension.build()), RuleResults.AS_OF);

        assertThat(model.fed(judged)).containsEntry("systolic_mean_14d", 120.0).hasSize(6);
        assertThat(model.fed(other)).isEmpty();
    }
}
