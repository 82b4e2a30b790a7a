package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.show.Denials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SystemExtension.class)
class RefusalsIT {

    /** Covered in the United States as well, by a Consent that even permits it. */
    private static final int COVERED_OVERSEAS = 10;

    @Test
    void anInsurerOutsideTheUnionIsRefusedEvenWhatAPatientPermits(RunningSystem system) {
        String id = system.persona(COVERED_OVERSEAS).id();
        FhirEndpoint overseas = system.as("insurer-overseas");

        for (String request : new String[] {"Patient/" + id, "Patient", Searches.bloodPressures(id)}) {
            Answer answer = overseas.get(request);

            assertThat(answer.status()).as(request).isEqualTo(403);
            assertThat(answer.denialCode()).contains("SN-RESIDENCY-001");
            assertThat(answer.diagnostics()).contains("US").contains("EU27");
        }
    }

    @Test
    void anotherPatientsRecordIsLikeAnUnknownOne(RunningSystem system) {
        String other = system.persona(2).id();
        String unknown = "00000000-0000-4000-8000-00000000abcd";
        FhirEndpoint patient = system.as("patient-1");
        assertThat(patient.get("Patient/" + system.persona(1).id()).status()).isEqualTo(200);

        Answer hidden = patient.get("Patient/" + other);
        Answer nobody = patient.get("Patient/" + unknown);

        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.body().toString().replace(other, unknown))
                .isEqualTo(nobody.body().toString());
        assertThat(patient.get(Searches.bloodPressures(other)).body().path("entry"))
                .isEmpty();
    }

    @Test
    void aDenialIsFoundByTheAuditorWithItsReason(RunningSystem system) {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String id = system.persona(9).id();
        assertThat(system.as("insurer").get("Patient/" + id).status()).isEqualTo(404);

        assertThat(new Denials(system.as("auditor")).since(before)).anySatisfy(denial -> {
            assertThat(denial.agent()).isEqualTo("insurer");
            assertThat(denial.entity()).isEqualTo("Patient/" + id);
            assertThat(denial.reason()).startsWith("SN-CONSENT-001");
        });
    }

    @Test
    void theAuditorSeesNoRecords(RunningSystem system) {
        Answer answer = system.as("auditor").get("Patient/" + system.persona(1).id());

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void aTokenForAnotherServiceOfTheSameRealmIsRefused(RunningSystem system) {
        String stray = new RealmAdministration(system.installation()).tokenOfAClientForAnotherService();

        Answer answer = with(system, stray).get("Patient/" + system.persona(1).id());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.denialCode()).contains("SN-TOKEN-002");
    }

    @Test
    void aChangedTokenIsRefused(RunningSystem system) {
        String good = system.parts().callers().token("clinician-1");
        assertThat(with(system, good).get("Patient?_count=1").status()).isEqualTo(200);
        String[] parts = good.split("\\.");
        String payload = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        payload.replace("\"clinician\"", "\"administrator\"").getBytes(StandardCharsets.UTF_8));

        Answer answer = with(system, parts[0] + "." + other + "." + parts[2]).get("Patient?_count=1");

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void nothingButDiscoveryAndHealthAnswersWithoutAToken(RunningSystem system) throws Exception {
        assertThat(anonymous(system, "/fhir/metadata").statusCode()).isEqualTo(200);
        assertThat(anonymous(system, "/fhir/.well-known/smart-configuration").statusCode())
                .isEqualTo(200);
        assertThat(anonymous(system, "/actuator/health").statusCode()).isEqualTo(200);
        for (String closed : new String[] {
            "/fhir/Patient",
            "/fhir/Observation?code=x",
            "/fhir/$vital-readings",
            "/fhir/$rr-intervals",
            "/fhir/AuditEvent",
            "/fhir/nothing",
            "/actuator/prometheus"
        }) {
            assertThat(anonymous(system, closed).statusCode()).as(closed).isEqualTo(401);
        }
        assertThat(RunningSystem.json(anonymous(system, "/fhir/Patient").body())
                        .path("resourceType")
                        .asText())
                .isEqualTo("OperationOutcome");
    }

    private static HttpResponse<String> anonymous(RunningSystem system, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(system.installation().serverRoot() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static FhirEndpoint with(RunningSystem system, String token) {
        return new FhirEndpoint(
                HttpClient.newHttpClient(), system.installation().fhirBase(), () -> token);
    }
}
