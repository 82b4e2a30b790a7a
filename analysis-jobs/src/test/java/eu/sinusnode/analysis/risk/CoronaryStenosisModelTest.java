package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.clear;
import static eu.sinusnode.analysis.risk.RuleResults.notApplicable;
import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.pressure;
import static eu.sinusnode.analysis.risk.RuleResults.raised;
import static eu.sinusnode.analysis.risk.RuleResults.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.facts.ChestPain;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoronaryStenosisModelTest {

    private static final AdditiveModel SHIPPED = AdditiveModel.shipped(CoronaryStenosisModel.ID);

    private final CoronaryStenosisModel model = new CoronaryStenosisModel(SHIPPED);

    private static Facts who() {
        return new Facts().born("1962-01-01").sex(Sex.MALE).diagnoses(Diagnosis.HYPERTENSION);
    }

    private static Facts pain(Facts facts, ChestPain type) {
        return facts.laboratory(Codes.CHEST_PAIN_TYPE, type.number(), "1");
    }

    private static Facts exercise(Facts facts, double angina, double depressionMillimetre, double rate) {
        return facts.laboratory(Codes.EXERCISE_ANGINA, angina, "1")
                .laboratory(Codes.EXERCISE_ST_DEPRESSION, depressionMillimetre, "mm")
                .laboratory(Codes.MAXIMAL_EXERCISE_HEART_RATE, rate, "/min");
    }

    private static Facts lipidsAndGlucose(Facts facts) {
        return facts.laboratory(LaboratoryCodes.CHOLESTEROL, 7, "mmol/L")
                .laboratory(LaboratoryCodes.FASTING_GLUCOSE_MASS, 140, "mg/dL");
    }

    @Test
    void anExerciseTestWithFindingsIsRaisedWithItsReasons() {
        Facts facts = lipidsAndGlucose(exercise(pain(who(), ChestPain.ATYPICAL_ANGINA), 1, 3, 110));

        Finding finding = raised(score(model, pressure(150), facts));

        double contributions = finding.figures().stream()
                .filter(figure -> figure.name().startsWith("Contribution of "))
                .mapToDouble(Figure::exact)
                .sum();
        double probability = finding.figures().get(0).exact();
        assertThat(probability).isGreaterThanOrEqualTo(0.5);
        assertThat(Math.log(probability / (1 - probability)))
                .isCloseTo(finding.figures().get(2).exact() + contributions, within(1e-9));
        assertThat(finding.missing()).noneMatch(sentence -> sentence.startsWith("Missing"));
        assertThat(finding.reasons().get(0)).contains("age 64", "ST depression in exercise 3.0 mm");
        assertThat(finding.reasons().get(1))
                .contains("ST depression in exercise (+")
                .contains("add up");
        assertThat(finding.words().forClinician().german()).contains("Koronarstenose über 50 %");
        assertThat(finding.words().forClinician().english()).contains("over 50 %");
        assertThat(finding.words().forPatient().german()).contains("112");
        assertThat(finding.inputs()).contains("Patient/p/_history/1");
        assertThat(model.startsInShadow()).isFalse();
    }

    /** The row, each input by itself, against the sum of the card. */
    @Test
    void theRowIsWhatTheTableHas() {
        Facts facts = lipidsAndGlucose(exercise(pain(who(), ChestPain.NON_ANGINAL_PAIN), 0, 1.5, 140));
        Map<String, Double> fed =
                model.fed(PatientFeatures.of(pressure(150).of("p", facts.build()), RuleResults.AS_OF));

        Map<String, Double> expected = new HashMap<>(Map.of(
                "age", 64.0,
                "sex", 1.0,
                "resting_sbp_mmhg", 150.0,
                "cholesterol_mg_dl", 7 * 38.67,
                "fasting_glucose_over_120", 1.0,
                "typical_angina", 0.0,
                "atypical_angina", 0.0,
                "non_anginal_pain", 1.0,
                "max_heart_rate", 140.0,
                "exercise_angina", 0.0));
        expected.put("st_depression", 1.5);
        assertThat(fed).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(fed.keySet())
                .containsExactlyInAnyOrderElementsOf(SHIPPED.manifest().inputs());
    }

    @Test
    void millivoltsAndMillimolesAreConverted() {
        Facts facts = pain(who(), ChestPain.TYPICAL_ANGINA)
                .laboratory(Codes.EXERCISE_ST_DEPRESSION, 0.2, "mV")
                .laboratory(LaboratoryCodes.FASTING_GLUCOSE, 6.6, "mmol/L")
                .laboratory(LaboratoryCodes.CHOLESTEROL_MASS, 250, "mg/dL");
        Map<String, Double> fed = model.fed(PatientFeatures.of(new Vitals().of("p", facts.build()), RuleResults.AS_OF));

        assertThat(fed).containsEntry("st_depression", 2.0).containsEntry("fasting_glucose_over_120", 0.0);
        assertThat(fed.get("cholesterol_mg_dl")).isCloseTo(250, within(1e-9));
    }

    @Test
    void findingsThatAreMissingAddNothingAndAreNamed() {
        RiskResult alone = score(
                model,
                new Vitals(),
                pain(who(), ChestPain.ATYPICAL_ANGINA).laboratory(Codes.EXERCISE_ST_DEPRESSION, 9, "mm"));

        assertThat(raised(alone).missing())
                .anyMatch(sentence -> sentence.startsWith("Missing, and counted as in an average training row: systolic"
                        + " pressure, total cholesterol, fasting glucose over 120 mg/dL, highest heart rate in exercise,"
                        + " angina in exercise."))
                .anyMatch(sentence -> sentence.startsWith("Missing, stale or withheld: "));
    }

    @Test
    void withoutAgeSexOrChestPainItIsNotComputable() {
        assertThat(notComputable(score(model, pressure(150), exercise(who(), 1, 3, 110))))
                .isEqualTo("Coronary stenosis cannot be judged. Missing, stale or withheld: chest pain type.");
        Facts nobody = pain(new Facts().diagnoses(), ChestPain.ATYPICAL_ANGINA);
        assertThat(notComputable(score(model, pressure(150), nobody))).contains("the birth date", "the sex");
        Facts unread = pain(new Facts().born("1962-01-01").sex(Sex.MALE), ChestPain.ATYPICAL_ANGINA);
        assertThat(notComputable(score(model, pressure(150), unread))).contains("diagnoses");
    }

    @Test
    void staleAndWithheldChestPainIsNotComputable() {
        Facts old = who().laboratory(Codes.CHEST_PAIN_TYPE, 2, "1", LocalDate.of(2026, 8, 21));
        assertThat(notComputable(score(model, pressure(150), old)))
                .contains("chest pain type: the newest is of 2026-08-21, older than 90 days");
        Facts just = who().laboratory(Codes.CHEST_PAIN_TYPE, 2, "1", LocalDate.of(2026, 8, 22));
        assertThat(score(model, pressure(150), just)).isNotInstanceOf(RiskResult.NotComputable.class);
        assertThat(notComputable(score(model, new Vitals().withheld(Codes.CHEST_PAIN_TYPE, "Patient"), new Facts())))
                .contains("chest pain type: withheld by the patient's consent", "the birth date: withheld");
    }

    @Test
    void anOldExerciseTestIsNoFinding() {
        Facts facts = pain(who(), ChestPain.ATYPICAL_ANGINA)
                .laboratory(Codes.EXERCISE_ST_DEPRESSION, 9, "mm", LocalDate.of(2025, 11, 19));
        assertThat(score(model, pressure(120), facts)).isInstanceOf(RiskResult.Clear.class);
    }

    @ParameterizedTest
    @CsvSource({"1997-11-21, trained on patients of 29 to 77", "1948-11-20, trained on patients of 29 to 77"})
    void otherAgesAreNotApplicable(String born, String reason) {
        Facts facts = pain(new Facts().born(born).sex(Sex.MALE).diagnoses(), ChestPain.ATYPICAL_ANGINA);
        assertThat(notApplicable(score(model, pressure(150), facts))).contains(reason);
    }

    @Test
    void knownDiseaseAndNoPainAreNotApplicable() {
        Facts known = pain(who().diagnoses(Diagnosis.CORONARY_DISEASE), ChestPain.ATYPICAL_ANGINA);
        assertThat(notApplicable(score(model, pressure(150), known))).contains("coronary disease");
        Facts none = exercise(pain(who(), ChestPain.NO_PAIN), 1, 3, 110);
        assertThat(notApplicable(score(model, pressure(150), none))).contains("no chest pain");
    }

    @Test
    void aHealthyExerciseTestIsClear() {
        Facts facts = lipidsAndGlucose(exercise(pain(who(), ChestPain.NON_ANGINAL_PAIN), 0, 0, 170));
        assertThat(clear(score(model, pressure(120), facts))).contains("called from 0.50");
    }
}
