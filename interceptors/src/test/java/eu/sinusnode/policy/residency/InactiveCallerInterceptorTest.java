package eu.sinusnode.policy.residency;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InactiveCallerInterceptorTest {

    @RegisterExtension
    static final PolicyServer SERVER = new PolicyServer();

    @Test
    void aClinicianWhoLeftIsRefusedEverythingAndTheRefusalIsAudited() {
        assertRefusedWhileInactive(Callers.clinician(World.CLINIC), "doctor", "Practitioner/doctor is inactive");
    }

    @Test
    void aClinicianOfAClinicThatClosedIsToo() {
        assertRefusedWhileInactive(Callers.clinician(World.CLINIC), World.CLINIC, "organization clinic-1 is inactive");
    }

    @Test
    void soIsAnInsurerThatClosed() {
        assertRefusedWhileInactive(Callers.insurer(), World.INSURER, "organization insurer-1 is inactive");
    }

    @Test
    void othersDoNotMind() {
        SERVER.inactive.add(World.CLINIC);
        SERVER.inactive.add("doctor");
        assertThat(SERVER.get(Callers.patient(World.ANNA), "Patient/" + World.ANNA)
                        .status())
                .isEqualTo(200);
        assertThat(SERVER.get(Callers.insurer(), "Patient/" + World.ANNA).status())
                .isEqualTo(200);
    }

    private static void assertRefusedWhileInactive(Map<String, Object> caller, String inactive, String reason) {
        for (String request : new String[] {"Patient/" + World.ANNA, "Patient/nobody", "Observation?patient=anna"}) {
            assertThat(SERVER.get(caller, request).status()).as(request).isIn(200, 404);
            SERVER.inactive.add(inactive);
            SERVER.audited.clear();

            Answer answer = SERVER.get(caller, request);

            assertThat(answer.status()).as(request).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("SN-CALLER-001");
            assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains(reason);
            assertThat(SERVER.audited).hasSize(1);
            assertThat(SERVER.audited.get(0).getOutcomeDesc()).contains("SN-CALLER-001: " + reason);
            SERVER.inactive.clear();
        }
    }
}
