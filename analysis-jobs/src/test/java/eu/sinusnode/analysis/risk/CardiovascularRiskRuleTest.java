package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.figure;
import static eu.sinusnode.analysis.risk.RuleResults.notApplicable;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.pressure;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CardiovascularRiskRuleTest {

    private final CardiovascularRiskRule rule = new CardiovascularRiskRule();

    /** The smoker of fifty of the published vectors. */
    private Facts smoker() {
        return new Facts()
                .born("1976-05-01")
                .sex(Sex.MALE)
                .country("DE")
                .diagnoses(Diagnosis.HYPERTENSION)
                .smoking(Smoking.CURRENT)
                .laboratory(LaboratoryCodes.CHOLESTEROL, 6.3, "mmol/L")
                .laboratory(LaboratoryCodes.HDL_CHOLESTEROL, 1.4, "mmol/L");
    }

    @Test
    void thePublishedVectorFromARecord() {
        Finding finding = raised(score(rule, pressure(140), smoker()));

        assertThat(figure(finding, "Ten-year risk")).isEqualTo("8.1");
        assertThat(finding.reasons())
                .anyMatch(reason -> reason.contains("8.1 %") && reason.contains("moderate risk region"))
                .anyMatch(reason -> reason.contains("it is high."));
        assertThat(finding.value()).isEqualTo("moderate");
        assertThat(finding.words().forClinician().german()).isEqualTo("SCORE2 8,1 % in zehn Jahren, hohes Risiko.");
        assertThat(finding.inputs())
                .contains(
                        "Patient/p/_history/1",
                        "Observation/smoking/_history/1",
                        "Observation/lab-0/_history/1",
                        "Observation/lab-1/_history/1");
        assertThat(raised(score(rule, pressure(140), smoker().country("RO"))).value())
                .isEqualTo("high");
    }

    @Test
    void massIsConvertedAndAWrongUnitIsNotUsed() {
        Facts mass =
                smoker().laboratory(LaboratoryCodes.CHOLESTEROL_MASS, 6.3 * 38.67, "mg/dL", LocalDate.of(2026, 11, 1));
        assertThat(figure(raised(score(rule, pressure(140), mass)), "Ten-year risk"))
                .isEqualTo("8.1");

        Facts wrong = new Facts()
                .born("1976-05-01")
                .sex(Sex.MALE)
                .country("DE")
                .diagnoses()
                .smoking(Smoking.CURRENT)
                .laboratory(LaboratoryCodes.CHOLESTEROL, 240, "mg/dL")
                .laboratory(LaboratoryCodes.HDL_CHOLESTEROL, 1.4, "mmol/L");
        assertThat(notComputable(score(rule, pressure(140), wrong)))
                .isEqualTo("SCORE2 cannot be computed. Missing, stale or withheld: total cholesterol: the newest, of"
                        + " 2026-10-01, is not in its unit or not possible.");
    }

    @Test
    void aLowRiskIsClear() {
        Facts facts = smoker().smoking(Smoking.NEVER).country("FR");
        assertThat(score(rule, pressure(115), facts))
                .isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                        .contains("SCORE2 gives a ten-year risk of")
                        .contains("does not smoke now"));
    }

    @ParameterizedTest
    @CsvSource({"1987-11-21, SCORE2 and SCORE2-OP are made", "1936-11-20, SCORE2 and SCORE2-OP are made"})
    void otherAgesAreNotApplicable(String born, String reason) {
        assertThat(notApplicable(score(rule, pressure(140), smoker().born(born))))
                .startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource({"1986-11-20, SCORE2 ", "1936-11-21, SCORE2-OP"})
    void theFirstAndTheLastDayOfTheAges(String born, String name) {
        RiskResult result = score(rule, pressure(140), smoker().born(born));
        assertThat(raised(result).reasons().get(0)).startsWith(name);
    }

    @ParameterizedTest
    @EnumSource(
            value = Diagnosis.class,
            names = {
                "VASCULAR_DISEASE",
                "STROKE",
                "HEART_FAILURE",
                "DIABETES",
                "CHRONIC_KIDNEY_DISEASE",
                "FAMILIAL_HYPERCHOLESTEROLAEMIA"
            })
    void notForWhoHasTheDisease(Diagnosis diagnosis) {
        assertThat(notApplicable(score(rule, pressure(140), smoker().diagnoses(diagnosis))))
                .contains("made for people without");
    }

    @Test
    void everyMissingInputIsNamed() {
        assertThat(notComputable(score(rule, new Vitals(), new Facts())))
                .isEqualTo(
                        "SCORE2 cannot be computed. Missing, stale or withheld: diagnoses: The record's diagnoses were not read;"
                                + " the birth date; the sex, as female or male; smoking status; systolic pressure: cuff readings"
                                + " of 0 day(s) in 28, 3 are needed; total cholesterol; HDL cholesterol; a country of residence"
                                + " with a SCORE2 region.");
    }

    @Test
    void staleInputIsNotUsed() {
        Facts old = smoker().smoking(Smoking.CURRENT, LocalDate.of(2024, 11, 19));
        assertThat(notComputable(score(rule, pressure(140), old)))
                .contains("smoking status: the newest is of 2024-11-19, older than 730 days");
        assertThat(score(rule, pressure(140), smoker().smoking(Smoking.CURRENT, LocalDate.of(2024, 11, 20))))
                .isInstanceOf(RiskResult.Raised.class);
    }

    @Test
    void impossibleLipidsAndCufflessPressureAreNotUsed() {
        Facts swapped = smoker().laboratory(LaboratoryCodes.HDL_CHOLESTEROL, 5, "mmol/L", LocalDate.of(2026, 11, 2))
                .laboratory(LaboratoryCodes.CHOLESTEROL, 4, "mmol/L", LocalDate.of(2026, 11, 2));
        assertThat(notComputable(score(rule, pressure(140), swapped))).contains("HDL is not below the total");

        Vitals cuffless = new Vitals().device(Codes.CUFFLESS);
        for (int day = 10; day < 20; day++) {
            cuffless.pressure("2026-11-%02dT08:00:00+01:00".formatted(day), 140, 90);
        }
        assertThat(notComputable(score(rule, cuffless, smoker()))).contains("cuff readings of 0 day(s)");
    }
}
