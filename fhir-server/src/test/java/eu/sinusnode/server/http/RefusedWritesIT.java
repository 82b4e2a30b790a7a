package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault gets a clear OperationOutcome, nothing is stored, and the server goes on. */
class RefusedWritesIT extends RunningServer {

    private static final String FRIEDA = Records.id("frieda");
    private static final String CUFF = Records.id("frieda-cuff");

    @BeforeEach
    void patient() {
        load(Records.household("frieda"));
    }

    @Test
    void theHappyBaseline() {
        assertThat(create(vital()).status()).isEqualTo(201);
    }

    @Test
    @Covers("http.html#outcomes")
    void malformedJson() {
        Answer answer = post("/Observation", TOKENS.patient(FRIEDA), "{\"resourceType\":\"Observation\",");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics())
                .startsWith("SN-REQUEST-003: ")
                .endsWith("Send one well-formed FHIR R4 resource as JSON or XML.")
                .doesNotContain("HAPI-")
                .doesNotContain("Exception");
    }

    @Test
    void aBodyOfAnotherType() {
        Answer answer = post("/Observation", TOKENS.patient(FRIEDA), Records.patient(FRIEDA));

        assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
        assertThat(answer.outcome().getIssue()).isNotEmpty();
    }

    @Test
    void aWrongUnit() {
        Observation vital = vital();
        vital.getValueQuantity().setUnit("Hz").setCode("Hz");

        refusedAs(create(vital), "SN-PROFILE-001");
    }

    @Test
    void aFutureDate() {
        Observation vital = vital();
        vital.setEffective(Records.at(Instant.now().plus(Duration.ofDays(1))));

        refusedAs(create(vital), "SN-PROFILE-001");
    }

    @Test
    void anUnknownReference() {
        Observation vital = vital();
        vital.setDevice(new Reference("Device/" + Records.id("no such device")));

        refusedAs(create(vital), "SN-REFERENCE-001");
    }

    @Test
    void aTypeThatIsNotOpen() {
        Answer answer = get("/MolecularSequence?type=dna", TOKENS.patient(FRIEDA));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.codes()).containsExactly("SN-TYPE-001");
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics()).contains("MolecularSequence");
    }

    @Test
    void aPatientNeitherDeletesNorPatchesTheOwnMasterData() {
        String url = "/Patient/" + FRIEDA;
        assertThat(Ward.delete(url, TOKENS.patient(FRIEDA)).codes()).containsExactly("SN-INTERACTION-001");
        assertThat(Ward.jsonPatch(url, TOKENS.patient(FRIEDA), "[]").codes()).containsExactly("SN-INTERACTION-001");
        assertThat(((Patient) get(url, TOKENS.patient(FRIEDA)).resource()).getActive())
                .isTrue();
    }

    private static Observation vital() {
        return Records.heartRate(FRIEDA, CUFF, "frieda-" + System.nanoTime());
    }

    private static Answer create(Observation vital) {
        return post("/Observation", TOKENS.patient(FRIEDA), vital);
    }

    private void refusedAs(Answer answer, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.codes()).contains(code);
        assertThat(create(vital()).status()).as("the next one is taken").isEqualTo(201);
    }
}
