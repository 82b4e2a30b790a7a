package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Medication;
import org.junit.jupiter.api.Test;

class MedicationProfileTest extends AbstractProfileTest {

    MedicationProfileTest() {
        super("medication", Canonicals.MEDICATION);
    }

    @Test
    void preparationIsNamedByItsIngredients() {
        assertThat(errors(changed(Medication.class, medication -> {
                    medication.setCode(null);
                    medication.addIngredient().setItem(new CodeableConcept().setText("Amiodarone"));
                })))
                .isEmpty();
    }
}
