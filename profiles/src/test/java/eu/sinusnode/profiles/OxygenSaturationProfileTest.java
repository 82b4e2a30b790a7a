package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

class OxygenSaturationProfileTest extends AbstractQuantityProfileTest {

    OxygenSaturationProfileTest() {
        super("oxygen-saturation", Canonicals.OXYGEN_SATURATION, "sn-spo2-1", new Range("%", 40, 100, 0.1));
    }

    @Test
    void oxygenFlowInItsOwnUnitIsAccepted() {
        assertThat(errors(changed(Observation.class, saturation -> saturation
                        .addComponent()
                        .setCode(new CodeableConcept(new Coding(Codes.LOINC, "3151-8", null)))
                        .setValue(
                                new Quantity().setValue(2).setSystem(Codes.UCUM).setCode("L/min")))))
                .isEmpty();
    }

    @Test
    void componentWithoutValueOrReasonIsRefused() {
        assertThat(errorCodes(changed(Observation.class, saturation -> saturation
                        .addComponent()
                        .setCode(new CodeableConcept(new Coding(Codes.LOINC, "3151-8", null))))))
                .containsExactly("sn-vital-3");
    }

    @Test
    void saturationThatCouldNotBeMeasuredIsAcceptedWithItsReason() {
        assertThat(errors(changed(Observation.class, saturation -> saturation
                        .setValue(null)
                        .setDataAbsentReason(new CodeableConcept(new Coding(
                                "http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null))))))
                .isEmpty();
    }
}
