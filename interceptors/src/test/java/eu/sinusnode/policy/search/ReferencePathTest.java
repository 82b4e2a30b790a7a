package eu.sinusnode.policy.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePathTest {

    private static final String RELATED = "http://hl7.org/fhir/StructureDefinition/condition-related";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MedicationRequest.subject",
                "MedicationRequest.subject.where(resolve() is Patient)",
                "(MedicationRequest.subject as Reference)"
            })
    void anElementIsReadHoweverThePathSaysWhatItNames(String path) {
        MedicationRequest request = new MedicationRequest().setSubject(new Reference("Patient/anna"));
        request.setRequester(new Reference("Practitioner/who"));

        assertThat(ReferencePath.parse(path).references(request)).containsExactly("Patient/anna");
    }

    @Test
    void aChoiceThatHoldsNoReferenceNamesNothing() {
        MedicationRequest request = new MedicationRequest().setMedication(Records.concept("urn:atc", "C07AB02"));
        ReferencePath path = ReferencePath.parse("(MedicationRequest.medication as Reference)");

        assertThat(path.references(request)).isEmpty();
        assertThat(path.references(request.setMedication(new Reference("Medication/1"))))
                .containsExactly("Medication/1");
    }

    @Test
    void anExtensionIsReadByItsUrlAlone() {
        Condition condition = new Condition();
        condition.addExtension(RELATED, new Reference("Condition/1"));
        condition.addExtension("urn:other", new Reference("Condition/2"));
        condition.addExtension(RELATED, new StringType("Condition/3"));

        assertThat(ReferencePath.parse("Condition.extension('" + RELATED + "').value")
                        .references(condition))
                .containsExactly("Condition/1");
    }

    @Test
    void ofADocumentTheFirstEntryIsRead() {
        assertThat(ReferencePath.parse("Bundle.entry[0].resource.ofType(Composition).subject")
                        .references(Records.document(World.ANNA, Records.heartRate(World.BERND))))
                .containsExactly("Patient/anna");
    }

    @Test
    void aPathOfAnotherFormStopsTheStart() {
        assertThatIllegalStateException().isThrownBy(() -> ReferencePath.parse("Condition"));
    }
}
