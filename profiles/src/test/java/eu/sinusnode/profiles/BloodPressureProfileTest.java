package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BloodPressureProfileTest extends AbstractProfileTest {

    BloodPressureProfileTest() {
        super("blood-pressure", Canonicals.BLOOD_PRESSURE);
    }

    @ParameterizedTest
    @CsvSource({"39,20", "301,80", "120,19", "201.5,201", "80,80", "80,120"})
    void implausibleOrReversedPressuresAreRefused(double systolic, double diastolic) {
        assertThat(errorCodes(reading(systolic, diastolic))).isNotEmpty().allMatch(code -> code.startsWith("sn-bp-"));
    }

    @ParameterizedTest
    @CsvSource({"40,20", "300,200", "121,120.5"})
    void pressuresAtTheEdgeAreAccepted(double systolic, double diastolic) {
        assertThat(errors(reading(systolic, diastolic))).isEmpty();
    }

    @Test
    void moreCodingsAndComponentsAreAccepted() {
        assertThat(errors(changed(Observation.class, pressure -> {
                    pressure.getCode().getCoding().add(0, new Coding(Codes.SNOMED, "75367002", "Blood pressure"));
                    pressure.getComponent().get(0).getCode().addCoding(new Coding(Codes.SNOMED, "271649006", null));
                    pressure.getComponent().get(1).getCode().addCoding(new Coding(Codes.SNOMED, "271650006", null));
                    pressure.addComponent()
                            .setCode(new CodeableConcept(new Coding(Codes.LOINC, "8478-0", null)))
                            .setValue(millimetresOfMercury(103));
                })))
                .isEmpty();
    }

    @Test
    void pressureThatCouldNotBeMeasuredIsAcceptedWithItsReason() {
        assertThat(errors(changed(Observation.class, pressure -> pressure.getComponent()
                        .get(1)
                        .setValue(null)
                        .setDataAbsentReason(new CodeableConcept(new Coding(
                                "http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null))))))
                .isEmpty();
    }

    @Test
    void kilopascalIsRefused() {
        assertThat(errorCodes(changed(Observation.class, pressure -> pressure.getComponent()
                        .get(0)
                        .getValueQuantity()
                        .setUnit("kPa")
                        .setCode("kPa"))))
                .contains("_DT_Fixed_Wrong");
    }

    private Observation reading(double systolic, double diastolic) {
        return changed(Observation.class, pressure -> {
            pressure.getComponent().get(0).setValue(millimetresOfMercury(systolic));
            pressure.getComponent().get(1).setValue(millimetresOfMercury(diastolic));
        });
    }

    private static Quantity millimetresOfMercury(double value) {
        return new Quantity()
                .setValue(value)
                .setUnit("mmHg")
                .setSystem(Codes.UCUM)
                .setCode("mm[Hg]");
    }
}
