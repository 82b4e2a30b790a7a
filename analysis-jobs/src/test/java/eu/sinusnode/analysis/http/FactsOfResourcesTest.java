package eu.sinusnode.analysis.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.profiles.Codes;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactsOfResourcesTest {

    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    private static final String CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";

    private static Condition condition(String id, String system, String code) {
        Condition condition = new Condition();
        condition.setId(id);
        condition.getMeta().setVersionId("3");
        condition.getCode().addCoding(new Coding(system, code, null));
        return condition;
    }

    private static Recorded<Diagnosis> diagnoses(Condition... conditions) {
        return FactsOfResources.diagnoses(List.of(conditions));
    }

    @Test
    void diagnosesByIcd10AndSnomedWithTheVersionsThatNameThem() {
        Recorded<Diagnosis> recorded = diagnoses(
                condition("a", Codes.ICD_10_GM, "I50.13"),
                condition("b", "http://hl7.org/fhir/sid/icd-10", "I48"),
                condition("c", Codes.SNOMED, "84114007"),
                condition("d", "http://example.org/own", "I10"));

        assertThat(recorded.isRead()).isTrue();
        assertThat(recorded.found()).containsOnlyKeys(Diagnosis.HEART_FAILURE, Diagnosis.ATRIAL_FIBRILLATION);
        assertThat(recorded.references(Diagnosis.HEART_FAILURE))
                .containsExactly("Condition/a/_history/3", "Condition/c/_history/3");
    }

    @ParameterizedTest
    @CsvSource({
        "confirmed, active, true",
        "confirmed, recurrence, true",
        "confirmed, resolved, false",
        "confirmed, inactive, false",
        "refuted, active, false",
        "entered-in-error, active, false",
        "provisional, active, false",
        "differential, active, false",
    })
    void whatIsNotConfirmedOrIsOverDoesNotCount(String verification, String clinical, boolean expected) {
        Condition failure = condition("a", Codes.ICD_10_GM, "I50.13");
        failure.setVerificationStatus(new CodeableConcept(new Coding("s", verification, null)));
        failure.setClinicalStatus(new CodeableConcept(new Coding("s", clinical, null)));

        assertThat(diagnoses(failure).has(Diagnosis.HEART_FAILURE)).isEqualTo(expected);
    }

    @Test
    void aStrokeThatIsOverIsStillAStroke() {
        Condition stroke = condition("a", Codes.ICD_10_GM, "I63.9");
        stroke.setClinicalStatus(new CodeableConcept(new Coding("s", "resolved", null)));

        assertThat(diagnoses(stroke).has(Diagnosis.STROKE)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"G, true", "Z, true", "V, false", "A, false"})
    void theGermanCertaintyOfADiagnosisIsHeard(String certainty, boolean expected) {
        Condition failure = condition("a", Codes.ICD_10_GM, "I50.13");
        failure.getCode().getCodingFirstRep().addExtension(CERTAINTY, new Coding("s", certainty, null));

        assertThat(diagnoses(failure).has(Diagnosis.HEART_FAILURE)).isEqualTo(expected);
    }

    private static MedicationRequest request(String id, String... atc) {
        MedicationRequest request = new MedicationRequest();
        request.setId(id);
        request.getMeta().setVersionId("1");
        CodeableConcept drug = new CodeableConcept();
        Arrays.stream(atc).forEach(code -> drug.addCoding(new Coding(ATC, code, null)));
        return request.setMedication(drug.setText("drug"));
    }

    @Test
    void drugsByAtc() {
        Recorded<DrugClass> drugs = FactsOfResources.drugs(List.of(request("a", "C07AB07"), request("b", "C08CA01")));

        assertThat(drugs.isRead()).isTrue();
        assertThat(drugs.found()).containsOnlyKeys(DrugClass.BETA_BLOCKER);
        assertThat(drugs.references(DrugClass.BETA_BLOCKER)).containsExactly("MedicationRequest/a/_history/1");
        assertThat(FactsOfResources.drugs(List.of()).isRead()).isTrue();
    }

    @Test
    void aDrugThatCannotBeToldLeavesOpenWhatIsAbsent() {
        MedicationRequest referenced = new MedicationRequest();
        referenced.setId("MedicationRequest/c/_history/1");
        referenced.setMedication(new Reference("Medication/1"));

        for (MedicationRequest unclear : List.of(referenced, request("d"))) {
            Recorded<DrugClass> drugs = FactsOfResources.drugs(List.of(request("a", "C07AB07"), unclear));
            assertThat(drugs.isRead()).isFalse();
            assertThat(drugs.has(DrugClass.BETA_BLOCKER)).isTrue();
        }
    }
}
