package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class MedicationRequestProfileTest extends AbstractProfileTest {

    MedicationRequestProfileTest() {
        super("medication-request", Canonicals.MEDICATION_REQUEST);
    }

    @Test
    void medicineMayBeNamedByAReferenceOfATransaction() {
        assertThat(errors(changed(
                        MedicationRequest.class,
                        order -> order.setMedication(new Reference("urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11")))))
                .isEmpty();
    }

    @Test
    void toGiveIsWhatAnOrderMeans() {
        assertThat(errors(changed(MedicationRequest.class, order -> order.setDoNotPerform(false))))
                .isEmpty();
    }
}
