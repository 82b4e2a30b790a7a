package eu.sinusnode.analysis.facts;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import eu.sinusnode.profiles.RiskInputCodes;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesOfFactsTest {

    @ParameterizedTest
    @CsvSource({
        "I50.13, HEART_FAILURE",
        "I42.0, HEART_FAILURE",
        "I10.90, HYPERTENSION",
        "E11.90, DIABETES",
        "E14, DIABETES",
        "G45.92, STROKE",
        "I70.2, VASCULAR_DISEASE",
        "I48.1, ATRIAL_FIBRILLATION",
        "J44.19, CHRONIC_OBSTRUCTIVE_LUNG_DISEASE",
        "I34.2, MECHANICAL_VALVE_OR_MITRAL_STENOSIS",
        "K74.6, CIRRHOSIS",
    })
    void icd10(String code, Diagnosis expected) {
        assertThat(Diagnosis.ofIcd10(code)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "I11.00, HEART_FAILURE",
        "I11.00, HYPERTENSION",
        "N18.5, DIALYSIS_OR_KIDNEY_TRANSPLANT",
        "I25.22, VASCULAR_DISEASE",
        "I25.22, CORONARY_DISEASE",
        "I21.9, CORONARY_DISEASE"
    })
    void oneCodeMayBeOfTwoGroups(String code, Diagnosis one) {
        assertThat(Diagnosis.ofIcd10(code)).hasSize(2).contains(one);
    }

    @ParameterizedTest
    @CsvSource({"I49.3", "E16.2", "I5", "''", "I34.0", "Z95.1", "i50.1"})
    void otherCodesAreNone(String code) {
        assertThat(Diagnosis.ofIcd10(code)).isEmpty();
    }

    @Test
    void snomedConceptsAreTheirOwnAlone() {
        assertThat(Diagnosis.ofSnomed("84114007")).containsExactly(Diagnosis.HEART_FAILURE);
        assertThat(Diagnosis.ofSnomed("44054006")).containsExactly(Diagnosis.DIABETES);
        assertThat(Diagnosis.ofSnomed("8411")).isEmpty();
    }

    @Test
    void drugsByAtc() {
        assertThat(DrugClass.ofAtc("C07AB07")).containsExactly(DrugClass.BETA_BLOCKER);
        assertThat(DrugClass.ofAtc("C09DX04")).containsExactly(DrugClass.RENIN_ANGIOTENSIN_BLOCKER);
        assertThat(DrugClass.ofAtc("B01AF01")).containsExactly(DrugClass.ANTICOAGULANT);
        assertThat(DrugClass.ofAtc("B01AA04"))
                .containsExactlyInAnyOrder(DrugClass.ANTICOAGULANT, DrugClass.VITAMIN_K_ANTAGONIST);
        assertThat(DrugClass.ofAtc("B01AC06")).containsExactly(DrugClass.ANTIPLATELET_OR_NSAID);
        assertThat(DrugClass.ofAtc("C08CA01")).containsExactly(DrugClass.CALCIUM_CHANNEL_BLOCKER);
        assertThat(DrugClass.ofAtc("C08DA01"))
                .containsExactlyInAnyOrder(DrugClass.CALCIUM_CHANNEL_BLOCKER, DrugClass.OTHER_SLOWING_DRUG);
        assertThat(DrugClass.ofAtc("C03CA04")).containsExactly(DrugClass.DIURETIC);
        assertThat(DrugClass.ofAtc("C02AC01")).containsExactly(DrugClass.OTHER_ANTIHYPERTENSIVE);
        assertThat(DrugClass.ofAtc("C10AA05")).isEmpty();
    }

    @Test
    void unknownIfEverSmokedTellsNothing() {
        assertThat(Smoking.ofSnomed("266927001")).isEmpty();
        assertThat(Smoking.ofSnomed("77176002")).contains(Smoking.CURRENT);
        assertThat(Smoking.ofSnomed("8517006")).contains(Smoking.FORMER);
    }

    @Test
    void theNewestUsableValueUpToTheDayInOneUnit() {
        LocalDate day = LocalDate.of(2026, 11, 20);
        List<LaboratoryValue> values = List.of(
                new LaboratoryValue(LaboratoryCodes.CREATININE, day.minusDays(9), 90, "umol/L", "Observation/a"),
                new LaboratoryValue(LaboratoryCodes.CREATININE_MASS, day.minusDays(3), 1.5, "mg/dL", "Observation/b"),
                new LaboratoryValue(LaboratoryCodes.CREATININE_MASS, day.minusDays(2), 1.5, "umol/L", "Observation/c"),
                new LaboratoryValue(LaboratoryCodes.CREATININE, day.minusDays(1), 5, "umol/L", "Observation/d"),
                new LaboratoryValue(LaboratoryCodes.CREATININE, day.plusDays(1), 300, "umol/L", "Observation/e"));

        assertThat(LaboratoryMeasure.CREATININE.newest(values, day))
                .contains(new Dated<>(1.5 * 88.42, day.minusDays(3), "Observation/b"));
        assertThat(LaboratoryMeasure.CHOLESTEROL.newest(values, day)).isEmpty();
        assertThat(LaboratoryMeasure.CREATININE.newestUnusable(values, day))
                .hasValueSatisfying(value -> assertThat(value.reference()).isEqualTo("Observation/d"));
        assertThat(LaboratoryMeasure.CHOLESTEROL.newestUnusable(values, day)).isEmpty();
    }

    /** What the server does not give cannot reach a rule. */
    @Test
    void theServerKnowsTheSameCodes() {
        assertThat(RiskInputCodes.ICD_10)
                .allSatisfy(code -> assertThat(Diagnosis.ofIcd10(code)).isNotEmpty());
        assertThat(RiskInputCodes.SNOMED)
                .allSatisfy(code -> assertThat(Diagnosis.ofSnomed(code)).isNotEmpty());
        assertThat(RiskInputCodes.ATC)
                .allSatisfy(code -> assertThat(DrugClass.ofAtc(code)).isNotEmpty());
        for (Diagnosis diagnosis : Diagnosis.values()) {
            assertThat(diagnosis.icd10())
                    .allMatch(code -> RiskInputCodes.ICD_10.stream().anyMatch(code::startsWith));
            assertThat(RiskInputCodes.SNOMED).containsAll(diagnosis.snomed());
        }
        for (DrugClass drug : DrugClass.values()) {
            assertThat(drug.atc()).allMatch(code -> RiskInputCodes.ATC.stream().anyMatch(code::startsWith));
        }
        Set<String> asked = new TreeSet<>(
                Set.of(Codes.SMOKING_STATUS, Codes.NYHA_CLASS, Codes.DAYS_COVERED, Codes.MEASUREMENTS_KEPT));
        for (LaboratoryMeasure measure : LaboratoryMeasure.values()) {
            asked.addAll(measure.codes());
        }
        assertThat(RiskInputCodes.OF_OBSERVATIONS).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(RiskInputCodes.OF_OBSERVATIONS)
                .containsAll(RiskInputCodes.LOINC)
                .containsAll(RiskInputCodes.FINDINGS)
                .containsAll(RiskInputCodes.ADHERENCE);
    }

    @Test
    void ageIsInWholeYears() {
        PatientFacts facts = new Facts().born("1950-11-21").build();
        assertThat(facts.age(LocalDate.of(2026, 11, 20))).hasValue(75);
        assertThat(facts.age(LocalDate.of(2026, 11, 21))).hasValue(76);
        assertThat(facts.age(LocalDate.of(1950, 11, 20))).isEmpty();
        assertThat(PatientFacts.UNREAD.age(LocalDate.of(2026, 11, 20))).isEmpty();
    }
}
