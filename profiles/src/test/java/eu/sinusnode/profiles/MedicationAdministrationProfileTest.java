package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.Period;
import org.junit.jupiter.api.Test;

class MedicationAdministrationProfileTest extends AbstractProfileTest {

    MedicationAdministrationProfileTest() {
        super("medication-administration", Canonicals.MEDICATION_ADMINISTRATION);
    }

    @Test
    void dayOrPeriodIsAccepted() {
        assertThat(errors(changed(
                        MedicationAdministration.class, intake -> intake.setEffective(new DateTimeType("2026-09-15")))))
                .isEmpty();
        assertThat(errors(changed(
                        MedicationAdministration.class,
                        intake -> intake.setEffective(
                                new Period().setStartElement(new DateTimeType("2026-09-15T08:00:00Z"))))))
                .isEmpty();
    }
}
