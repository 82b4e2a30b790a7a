package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentProfileTest extends AbstractProfileTest {

    AppointmentProfileTest() {
        super("appointment", Canonicals.APPOINTMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "urn:uuid:9f0c2f9e-6a0e-4c44-9a43-6f7b3f0e2d11,true",
        "https://fhir.example.org/fhir/Patient/1,true",
        "RelatedPerson/1,false"
    })
    void patientMayBeNamedInEachForm(String reference, boolean accepted) {
        Appointment appointment =
                changed(Appointment.class, each -> each.getParticipantFirstRep().setActor(new Reference(reference)));
        assertThat(errors(appointment).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void proposalNeedsNoTime() {
        assertThat(errors(changed(Appointment.class, appointment -> appointment
                        .setStatus(Appointment.AppointmentStatus.PROPOSED)
                        .setStart(null)
                        .setEnd(null))))
                .isEmpty();
    }
}
