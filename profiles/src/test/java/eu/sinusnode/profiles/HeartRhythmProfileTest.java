package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

class HeartRhythmProfileTest extends AbstractProfileTest {

    HeartRhythmProfileTest() {
        super("heart-rhythm", Canonicals.HEART_RHYTHM);
    }

    @Test
    void rhythmOutsideOurListIsAccepted() {
        assertThat(errors(changed(
                        Observation.class,
                        rhythm -> rhythm.setValue(new CodeableConcept(new Coding(Codes.SNOMED, "3424008", null))))))
                .isEmpty();
    }

    @Test
    void numberIsRefused() {
        assertThat(errors(changed(Observation.class, rhythm -> rhythm.setValue(new Quantity().setValue(1)))))
                .isNotEmpty();
    }
}
