package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who left, or whose clinic closed, is refused from the moment in which that is stored. */
class InactiveCallerIT extends RunningServer {

    private final String practitioner = UUID.randomUUID().toString();
    private final String clinic = UUID.randomUUID().toString();
    private final String token = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", clinic)
            .claim("fhirUser", "Practitioner/" + practitioner));

    @BeforeEach
    void staff() {
        storeClinic(true);
        storePractitioner(true);
    }

    @Test
    void aClinicianIsRefusedWhileThePractitionerIsInactive() {
        assertOpen();
        storePractitioner(false);
        assertRefused();
        storePractitioner(true);
        assertOpen();
        storePractitioner(null);
        assertOpen();
    }

    @Test
    void aClinicianIsRefusedWhileTheClinicIsInactive() {
        assertOpen();
        storeClinic(false);
        assertRefused();
        storeClinic(null);
        assertOpen();
    }

    @Test
    void aClinicSystemIsRefusedWithItsClinic() {
        String system = TOKENS.clinicSystem(clinic);
        assertThat(get("/Patient?_count=1", system).status()).isEqualTo(200);
        storeClinic(false);
        assertThat(get("/Patient?_count=1", system).codes()).containsExactly("SN-CALLER-001");
    }

    @Test
    void aPractitionerThatNobodyStoredIsNobody() {
        String stranger = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", clinic)
                .claim("fhirUser", "Practitioner/" + UUID.randomUUID()));
        assertThat(get("/Patient?_count=1", stranger).codes()).containsExactly("SN-CALLER-001");
    }

    private void assertOpen() {
        assertThat(get("/Patient?_count=1", token).status()).isEqualTo(200);
        // The patient is unknown, and that is all that is wrong.
        assertThat(launch().status()).isEqualTo(404);
    }

    private void assertRefused() {
        for (String request : new String[] {
            "/Patient?_count=1",
            "/Practitioner/" + practitioner,
            "/Organization",
            "/Observation?patient=" + UUID.randomUUID()
        }) {
            Answer answer = get(request, token);
            assertThat(answer.status()).as(request).isEqualTo(403);
            assertThat(answer.codes()).as(request).containsExactly("SN-CALLER-001");
        }
        assertThat(launch().codes()).containsExactly("SN-CALLER-001");
    }

    private Answer launch() {
        return send(request(ORIGIN + "/launch", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"patient\":\"" + UUID.randomUUID() + "\",\"client_id\":\"app\"}")));
    }

    private void storePractitioner(@Nullable Boolean active) {
        Practitioner person = new Practitioner();
        person.setId(practitioner);
        person.addName().setFamily("Keller");
        if (active != null) {
            person.setActive(active);
        }
        assertThat(put("/Practitioner/" + practitioner, TOKENS.loader(), person).status())
                .isIn(200, 201);
    }

    private void storeClinic(@Nullable Boolean active) {
        Organization organization = new Organization();
        organization.setId(clinic);
        organization.setName("Praxis am Ufer").addAddress().setCountry("DE");
        if (active != null) {
            organization.setActive(active);
        }
        assertThat(put("/Organization/" + clinic, TOKENS.loader(), organization).status())
                .isIn(200, 201);
    }
}
