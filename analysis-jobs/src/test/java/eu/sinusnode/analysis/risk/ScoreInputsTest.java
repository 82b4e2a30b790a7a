package eu.sinusnode.analysis.risk;

import static eu.sinusnode.analysis.risk.RuleResults.notComputable;
import static eu.sinusnode.analysis.risk.RuleResults.pressure;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Dated;
import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.Facts;
import eu.sinusnode.analysis.facts.LaboratoryValue;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.PersonalLimits;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.facts.Sex;
import eu.sinusnode.analysis.facts.Smoking;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each input of SCORE2, CHA2DS2-VA and MAGGIC there, missing, stale, withheld, or in another unit; never a score then. */
class ScoreInputsTest {

    private static final RiskModel SCORE2 = new CardiovascularRiskRule();
    private static final RiskModel STROKE = new StrokeRiskRule();
    private static final RiskModel MAGGIC = new HeartFailureMortalityRule();

    private static RiskResult score(RiskModel rule, PatientFacts facts, String... withheld) {
        Vitals vitals = pressure(150).add(Measurement.BODY_MASS_INDEX, "2026-11-18T08:00:00+01:00", 27);
        PatientReadings given = vitals.of("p", facts);
        PatientReadings readings = new PatientReadings(
                given.patient(), List.of(withheld), given.readingCount(), given.vitals(), List.of(), List.of(), facts);
        return rule.score(PatientFeatures.of(readings, RuleResults.AS_OF));
    }

    private static Facts all(Diagnosis... diagnoses) {
        return new Facts()
                .born("1958-05-01")
                .sex(Sex.FEMALE)
                .country("DE")
                .diagnoses(diagnoses)
                .heartFailureSince("2020-01-01")
                .drugs()
                .smoking(Smoking.CURRENT)
                .nyha(4)
                .laboratory(LaboratoryCodes.CHOLESTEROL, 6.3, "mmol/L")
                .laboratory(LaboratoryCodes.HDL_CHOLESTEROL, 1.4, "mmol/L")
                .laboratory(LaboratoryCodes.CREATININE, 135, "umol/L")
                .laboratory(Codes.EJECTION_FRACTION, 30, "%");
    }

    private static RiskModel rule(String name) {
        return switch (name) {
            case "SCORE2" -> SCORE2;
            case "STROKE" -> STROKE;
            default -> MAGGIC;
        };
    }

    private static PatientFacts of(String name) {
        return switch (name) {
            case "SCORE2" -> all().build();
            case "STROKE" -> all(Diagnosis.ATRIAL_FIBRILLATION).build();
            default -> all(Diagnosis.HEART_FAILURE).build();
        };
    }

    private static PatientFacts changed(PatientFacts facts, String input, String how) {
        boolean stale = how.equals("stale");
        List<LaboratoryValue> laboratory = facts.laboratory().stream()
                .filter(value -> stale || how.equals("unit") || !value.loinc().equals(input))
                .map(value -> !value.loinc().equals(input)
                        ? value
                        : new LaboratoryValue(
                                value.loinc(),
                                stale ? LocalDate.of(2020, 1, 1) : value.on(),
                                value.value(),
                                stale ? value.unit() : "g/L",
                                value.reference()))
                .toList();
        return new PatientFacts(
                facts.person(),
                input.equals("born") ? null : facts.born(),
                input.equals("sex") ? null : facts.sex(),
                input.equals("country") ? null : facts.country(),
                input.equals("diagnoses") ? Recorded.unread("They were not read.") : facts.diagnoses(),
                input.equals("since") ? null : facts.heartFailureSince(),
                input.equals("drugs") ? Recorded.unread("They were not read.") : facts.drugs(),
                laboratory,
                input.equals("smoking") ? old(facts.smoking(), stale) : facts.smoking(),
                input.equals("nyha") ? old(facts.nyha(), stale) : facts.nyha(),
                PersonalLimits.NONE,
                List.of());
    }

    private static <T> @Nullable Dated<T> old(@Nullable Dated<T> one, boolean stale) {
        return one == null || !stale ? null : new Dated<>(one.value(), LocalDate.of(2020, 1, 1), one.reference());
    }

    @ParameterizedTest
    @CsvSource({"SCORE2", "STROKE", "MAGGIC"})
    void withAllOfThemThereIsAScore(String score) {
        assertThat(score(rule(score), of(score))).isInstanceOf(RiskResult.Raised.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SCORE2, born, missing, the birth date",
        "SCORE2, sex, missing, 'the sex, as female or male'",
        "SCORE2, country, missing, a country of residence with a SCORE2 region",
        "SCORE2, diagnoses, missing, diagnoses: They were not read",
        "SCORE2, smoking, missing, smoking status",
        "SCORE2, smoking, stale, 'smoking status: the newest is of 2020-01-01, older than 730 days'",
        "SCORE2, 14647-2, missing, total cholesterol",
        "SCORE2, 14647-2, stale, 'total cholesterol: the newest is of 2020-01-01, older than 730 days'",
        "SCORE2, 14647-2, unit, 'total cholesterol: the newest, of 2026-10-01, is not in its unit or not possible'",
        "SCORE2, 14646-4, missing, HDL cholesterol",
        "SCORE2, 14646-4, stale, 'HDL cholesterol: the newest is of 2020-01-01, older than 730 days'",
        "SCORE2, 14646-4, unit, 'HDL cholesterol: the newest, of 2026-10-01, is not in its unit or not possible'",
        "STROKE, born, missing, the birth date",
        "STROKE, diagnoses, missing, diagnoses: They were not read",
        "MAGGIC, born, missing, the birth date",
        "MAGGIC, sex, missing, 'the sex, as female or male'",
        "MAGGIC, diagnoses, missing, diagnoses: They were not read",
        "MAGGIC, drugs, missing, medication: They were not read",
        "MAGGIC, since, missing, since when heart failure is known",
        "MAGGIC, smoking, missing, smoking status",
        "MAGGIC, nyha, missing, NYHA class",
        "MAGGIC, nyha, stale, 'NYHA class: the newest is of 2020-01-01, older than 365 days'",
        "MAGGIC, 14682-9, missing, creatinine",
        "MAGGIC, 14682-9, stale, 'creatinine: the newest is of 2020-01-01, older than 365 days'",
        "MAGGIC, 14682-9, unit, 'creatinine: the newest, of 2026-10-01, is not in its unit or not possible'",
        "MAGGIC, 10230-1, missing, left ventricular ejection fraction",
        "MAGGIC, 10230-1, unit, 'left ventricular ejection fraction: the newest, of 2026-10-01, is not in its unit or not possible'",
    })
    void withoutOneItIsNotComputableAndTheReasonNamesIt(String score, String input, String how, String reason) {
        assertThat(notComputable(score(rule(score), changed(of(score), input, how))))
                .endsWith("Missing, stale or withheld: " + reason + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "SCORE2, born, Patient, the birth date",
        "SCORE2, sex, Patient, 'the sex, as female or male'",
        "SCORE2, country, Patient, a country of residence with a SCORE2 region",
        "SCORE2, smoking, 72166-2, smoking status",
        "SCORE2, 14647-2, 14647-2, total cholesterol",
        "SCORE2, 14647-2, 2093-3, total cholesterol",
        "SCORE2, 14646-4, 2085-9, HDL cholesterol",
        "STROKE, born, Patient, the birth date",
        "MAGGIC, nyha, 88020-3, NYHA class",
        "MAGGIC, 14682-9, 2160-0, creatinine",
        "MAGGIC, 10230-1, 10230-1, left ventricular ejection fraction",
    })
    void whatConsentWithholdsIsSaidToBeWithheld(String score, String input, String withheld, String reason) {
        assertThat(notComputable(score(rule(score), changed(of(score), input, "missing"), withheld)))
                .endsWith("Missing, stale or withheld: " + reason + ": withheld by the patient's consent.");
    }

    @Test
    void pressureAndMassThatConsentWithholdsAreSaidToBeWithheldToo() {
        PatientReadings readings = new PatientReadings(
                "p", List.of("85354-9", "29463-7"), 0, List.of(), List.of(), List.of(), of("MAGGIC"));

        assertThat(notComputable(MAGGIC.score(PatientFeatures.of(readings, RuleResults.AS_OF))))
                .contains("systolic pressure: withheld by the patient's consent")
                .contains("with a height: withheld by the patient's consent");
    }
}
