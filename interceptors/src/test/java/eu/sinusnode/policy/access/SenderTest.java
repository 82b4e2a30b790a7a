package eu.sinusnode.policy.access;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SenderTest {

    @Test
    void anOrganizationIsOneForEachKindOfClientWhicheverClientItUses() {
        Map<String, Object> system = Callers.clinicSystem(World.CLINIC);
        assertThat(sender(Callers.with(system, "azp", "another-client"))).isEqualTo(sender(system));
        assertThat(sender(Callers.clinicSystem(World.OTHER_CLINIC))).isNotEqualTo(sender(system));
        assertThat(sender(Callers.gateway())).isNotEqualTo(sender(system));
    }

    @Test
    void aClinicianIsOneAloneAndNotTheClinic() {
        Map<String, Object> doctor = Callers.clinician(World.CLINIC);
        assertThat(sender(doctor)).isNotEqualTo(sender(Callers.clinicSystem(World.CLINIC)));
        assertThat(sender(Callers.with(doctor, "fhirUser", "Practitioner/another")))
                .isNotEqualTo(sender(doctor));
        assertThat(sender(Callers.clinician(World.OTHER_CLINIC))).isNotEqualTo(sender(doctor));
    }

    @Test
    void whoRepresentsAPatientSendsAsThatPatient() {
        assertThat(sender(Callers.representative(World.DAUGHTER, World.ANNA)))
                .isEqualTo(sender(Callers.patient(World.ANNA)));
    }

    @Test
    void onlyLoadingRecognisesAll() {
        for (CallerKind kind : CallerKind.values()) {
            assertThat(sender(Callers.of(kind)).recognisesAll())
                    .as(kind.claim())
                    .isEqualTo(kind == CallerKind.ADMINISTRATOR);
        }
    }

    private static Sender sender(Map<String, Object> claims) {
        return Sender.of(Callers.caller(claims));
    }
}
