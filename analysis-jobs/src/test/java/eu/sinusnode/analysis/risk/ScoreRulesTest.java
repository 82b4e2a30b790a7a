package eu.sinusnode.analysis.risk;

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
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scores as models: from a record to a result, and what is missing by name. */
class ScoreRulesTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T12:00:00Z");

    private static Vitals pressure(double systolic) {
        Vitals vitals = new Vitals().device(Codes.CUFF).setting(Codes.HOME);
        for (int day = 15; day <= 19; day++) {
            vitals.pressure("2026-11-%02dT08:00:00+01:00".formatted(day), systolic, 70);
        }
        return vitals;
    }

    private static RiskResult score(RiskModel model, Vitals vitals, Facts facts) {
        return model.score(PatientFeatures.of(vitals.of("p", facts.build()), AS_OF));
    }

    private static Finding raised(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.Raised.class);
        Finding finding = ((RiskResult.Raised) result).finding();
        assertThat(finding.inputs()).containsAll(finding.telling()).isNotEmpty();
        assertThat(finding.telling())
                .allSatisfy(reference -> assertThat(reference).startsWith("Observation/"));
        assertThat(finding.start()).isBeforeOrEqualTo(finding.end());
        return finding;
    }

    private static String notComputable(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.NotComputable.class);
        return ((RiskResult.NotComputable) result).reason();
    }

    private static String notApplicable(RiskResult result) {
        assertThat(result).isInstanceOf(RiskResult.NotApplicable.class);
        return ((RiskResult.NotApplicable) result).reason();
    }

    private static String figure(Finding finding, String name) {
        return finding.figures().stream()
                .filter(figure -> figure.name().startsWith(name))
                .findFirst()
                .orElseThrow()
                .value()
                .toPlainString();
    }

    @Nested
    class Cardiovascular {

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
            assertThat(raised(score(rule, pressure(140), smoker().country("RO")))
                            .value())
                    .isEqualTo("high");
        }

        @Test
        void massIsConvertedAndAWrongUnitIsNotUsed() {
            Facts mass = smoker().laboratory(
                            LaboratoryCodes.CHOLESTEROL_MASS, 6.3 * 38.67, "mg/dL", LocalDate.of(2026, 11, 1));
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
                    .isEqualTo("SCORE2 cannot be computed. Missing or stale: total cholesterol.");
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
                            "SCORE2 cannot be computed. Missing or stale: diagnoses: The record's diagnoses were not read;"
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

    @Nested
    class Stroke {

        private final StrokeRiskRule rule = new StrokeRiskRule();

        private Facts fibrillation(Diagnosis... others) {
            Diagnosis[] all = new Diagnosis[others.length + 1];
            all[0] = Diagnosis.ATRIAL_FIBRILLATION;
            System.arraycopy(others, 0, all, 1, others.length);
            return new Facts().born("1950-01-01").diagnoses(all).drugs();
        }

        @Test
        void pointsOfTheRecordAndBleedingForInformation() {
            Finding finding = raised(score(
                    rule,
                    pressure(165),
                    fibrillation(Diagnosis.HYPERTENSION, Diagnosis.STROKE)
                            .drugs(DrugClass.ANTIPLATELET_OR_NSAID)
                            .laboratory(LaboratoryCodes.CREATININE, 210, "umol/L")));

            assertThat(figure(finding, "CHA2DS2-VA")).isEqualTo("5");
            assertThat(figure(finding, "HAS-BLED")).isEqualTo("5");
            assertThat(finding.value()).isEqualTo("high");
            assertThat(finding.reasons().get(0))
                    .isEqualTo("CHA2DS2-VA is 5 of 8: age 76 (2), hypertension (1), stroke or thromboembolism (2).");
            assertThat(finding.reasons().get(2)).contains("no reason to withhold");
            assertThat(finding.inputs())
                    .contains("Condition/STROKE/_history/1", "Condition/ATRIAL_FIBRILLATION/_history/1");
        }

        @Test
        void pointsAddUp() {
            Finding finding = raised(
                    score(rule, new Vitals(), fibrillation(Diagnosis.HEART_FAILURE, Diagnosis.VASCULAR_DISEASE)));
            int sum = finding.figures().stream()
                    .filter(figure -> figure.name().startsWith("Points for"))
                    .mapToInt(figure -> figure.value().intValue())
                    .sum();

            assertThat(figure(finding, "CHA2DS2-VA")).isEqualTo(String.valueOf(sum));
        }

        @Test
        void onePointIsToBeConsideredAndNoneIsClear() {
            assertThat(raised(score(rule, new Vitals(), fibrillation().born("1960-01-01")))
                            .value())
                    .isEqualTo("moderate");
            assertThat(score(rule, new Vitals(), fibrillation().born("1970-01-01")))
                    .isInstanceOf(RiskResult.Clear.class);
        }

        @Test
        void anAnticoagulantInTheRecordLeavesNothingToAsk() {
            assertThat(score(rule, new Vitals(), fibrillation().drugs(DrugClass.ANTICOAGULANT)))
                    .isInstanceOfSatisfying(RiskResult.Clear.class, clear -> assertThat(clear.reason())
                            .contains("An anticoagulant is recorded"));
            Facts unread = new Facts().born("1950-01-01").diagnoses(Diagnosis.ATRIAL_FIBRILLATION);
            assertThat(raised(score(rule, new Vitals(), unread)).missing())
                    .anyMatch(sentence -> sentence.contains("Whether an anticoagulant is taken is not known"));
        }

        @Test
        void onlyForKnownFibrillationWithoutValves() {
            assertThat(notApplicable(score(
                            rule, new Vitals(), new Facts().born("1950-01-01").diagnoses())))
                    .contains("no atrial fibrillation");
            assertThat(notApplicable(
                            score(rule, new Vitals(), fibrillation(Diagnosis.MECHANICAL_VALVE_OR_MITRAL_STENOSIS))))
                    .contains("whatever the score");
        }

        @Test
        void withoutDiagnosesOrBirthDateItIsNotComputable() {
            assertThat(notComputable(score(rule, new Vitals(), new Facts().born("1950-01-01"))))
                    .contains("diagnoses were not read");
            assertThat(notComputable(score(rule, new Vitals(), fibrillation().born(null))))
                    .isEqualTo("CHA2DS2-VA cannot be computed. Missing or stale: the birth date.");
        }

        @Test
        void whatOfBleedingIsNotKnownIsSaid() {
            assertThat(raised(score(rule, new Vitals(), fibrillation())).missing())
                    .anyMatch(sentence -> sentence.contains("creatinine above 200"))
                    .anyMatch(sentence -> sentence.contains("systolic pressure above 160"));
        }
    }

    @Nested
    class Mortality {

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
                            .startsWith(
                                    "MAGGIC is 23 points, a risk of dying of 13.4 % in one year and 31.6 % in three"));
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
                            "MAGGIC cannot be computed. Missing or stale: medication: The record's medication was not read;"
                                    + " the birth date; the sex, as female or male; smoking status; systolic pressure: cuff readings"
                                    + " of 0 day(s) in 28, 3 are needed; left ventricular ejection fraction; creatinine; body mass"
                                    + " index, or a weight of the last 28 days with a height; NYHA class; since when heart failure"
                                    + " is known.");
            assertThat(notApplicable(score(rule, new Vitals(), new Facts().diagnoses())))
                    .contains("no heart failure");
        }
    }
}
