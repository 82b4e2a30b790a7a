package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

class VitalSignProfileTest extends AbstractProfileTest {

    VitalSignProfileTest() {
        super("vital-sign", Canonicals.VITAL_SIGN);
    }

    @Test
    void partsOfAComaScaleNeedNoUnitOfR4() {
        assertThat(errors(changed(Observation.class, scale -> scale.addComponent()
                        .setCode(new CodeableConcept(new Coding(Codes.LOINC, "9267-6", null)))
                        .setValue(
                                new Quantity().setValue(4).setSystem(Codes.UCUM).setCode("1")))))
                .isEmpty();
    }
}
