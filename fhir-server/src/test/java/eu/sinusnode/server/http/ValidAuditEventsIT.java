package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.audit.AuditSink;
import eu.sinusnode.server.audit.testing.BalpRules;
import eu.sinusnode.server.audit.testing.Entries;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the running server wrote of all kinds of requests is, as an auditor reads it, valid R4 and valid by its profile. */
class ValidAuditEventsIT extends RunningServer {

    private static final BalpRules RULES = new BalpRules();

    @Autowired
    private AuditSink sink;

    private String patient = "";
    private Instant start = Instant.EPOCH;

    @BeforeEach
    void world() {
        WalkWorld.load();
        patient = Ward.open("valid-audit");
        start = Instant.now();
    }

    @Test
    void readsSearchesAndDisclosures() {
        for (CallerKind kind : List.of(CallerKind.CLINICIAN, CallerKind.INSURER)) {
            String token = WalkWorld.token(kind);
            for (String path : List.of(
                    "/Patient/" + WalkWorld.PATIENT,
                    "/Patient/" + WalkWorld.PATIENT + "/_history/1",
                    "/Observation?patient=" + WalkWorld.PATIENT,
                    "/Observation?patient=" + WalkWorld.PATIENT + "&date=lt1980-01-01",
                    "/Organization/" + Records.CLINIC)) {
                assertThat(get(path, token).status()).as(kind + " " + path).isIn(200, 403);
            }
        }
        String own = TOKENS.patient(patient);
        assertThat(get("/Patient/" + patient + "/_history", own).status()).isEqualTo(200);
        assertThat(get("/Patient/" + patient + "/$access-log", own).status()).isEqualTo(200);
        assertThat(get("/$vital-readings?patients=1", TOKENS.job()).status()).isEqualTo(200);
        assertThat(get("/AuditEvent?_count=1", TOKENS.auditor()).status()).isEqualTo(200);

        assertThat(profiles(valid(14)))
                .contains("PatientRead", "Read", "PatientQuery", "Query", "PrivacyDisclosure.Source");
    }

    @Test
    void writesTransactionsAndBatches() {
        String clinician = WalkWorld.token(CallerKind.CLINICIAN);
        Goal goal = Ward.newGoal(patient, "Swim");
        Answer created = post("/Goal", clinician, goal);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String id = created.resource().getIdElement().getIdPart();
        goal.setId(id);
        goal.getDescription().setText("Swim twice");
        assertThat(put("/Goal/" + id, clinician, goal).status()).isEqualTo(200);
        Bundle batch = new Bundle().setType(BundleType.BATCH);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Goal/" + id);
        batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Goal/" + UUID.randomUUID());
        batch.addEntry().getRequest().setMethod(HTTPVerb.DELETE).setUrl("Goal/" + id);
        assertThat(post("", clinician, batch).status()).isEqualTo(200);

        assertThat(profiles(valid(6))).contains("PatientCreate", "PatientUpdate", "PatientDelete", "PatientRead");
    }

    @Test
    void openingsInAnEmergency() {
        String hidden = Ward.hidden("valid-audit-glass");
        String path = "/Patient/" + hidden + "/$break-glass";
        Parameters reason = new Parameters();
        reason.addParameter("reason", new CodeType("BTG"));
        reason.addParameter("text", "Needs a pacemaker tonight.");
        String clinician = WalkWorld.token(CallerKind.CLINICIAN);
        String withPassword = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("amr", List.of("pwd")));
        assertThat(post(path, withPassword, reason).status()).isEqualTo(403);
        assertThat(post(path, clinician, reason).status()).isEqualTo(200);
        assertThat(get("/Patient/" + hidden, clinician).status()).isEqualTo(200);
        assertThat(get("/Observation?patient=" + hidden, clinician).status()).isEqualTo(200);

        List<AuditEvent> events = valid(5);
        assertThat(events)
                .filteredOn(event -> event.getPurposeOfEvent().stream().anyMatch(purpose -> "BTG"
                        .equals(purpose.getCodingFirstRep().getCode())))
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(profiles(events)).contains("PatientRead", "PatientQuery", "PatientCreate");
    }

    @Test
    void refusalsLaunchesAndLogins() {
        String clinician = WalkWorld.token(CallerKind.CLINICIAN);
        assertThat(launch(clinician, patient)).isEqualTo(201);
        assertThat(launch(clinician, UUID.randomUUID().toString())).isEqualTo(404);
        assertThat(launch(clinician, Ward.hidden("valid-audit-hidden"))).isEqualTo(404);
        assertThat(get("/Patient/" + patient, null).status()).isEqualTo(401);
        assertThat(get("/Patient/" + UUID.randomUUID(), clinician).status()).isEqualTo(404);
        assertThat(get("/Patient/" + patient, TOKENS.patient(Records.id("valid-audit-hidden")))
                        .status())
                .isEqualTo(404);
        assertThat(get("/Goal/_history", TOKENS.job()).status()).isEqualTo(403);
        assertThat(get("/Observation?nonsense=1", clinician).status()).isIn(400, 403);
        assertThat(post("/Observation", TOKENS.loader(), "{\"resourceType\":").status())
                .isEqualTo(400);
        assertThat(send(request("/Patient", clinician)
                                .header("Origin", "https://evil.example")
                                .GET())
                        .status())
                .isEqualTo(403);
        assertThat(get("/Patient", "x".repeat(200_000)).status()).isIn(400, 431);
        sink.record(Entries.login("valid-audit-account"));

        List<AuditEvent> events = valid(12);
        assertThat(events)
                .anySatisfy(event -> assertThat(event.getType().getCode()).isEqualTo("110114"));
        assertThat(profiles(events)).doesNotContain("PatientRead", "Read");
    }

    private int launch(String token, String patientId) {
        return send(request(ORIGIN + "/launch", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"patient\":\"" + patientId + "\",\"client_id\":\"chart-app\"}")))
                .status();
    }

    /** Everything since the test began; other tests of this server do not run at the same time. */
    private List<AuditEvent> valid(int least) {
        Answer answer = get("/AuditEvent?_count=500&date=ge" + start, TOKENS.auditor());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<AuditEvent> events = new ArrayList<>();
        answer.bundle().getEntry().forEach(entry -> {
            if (entry.getResource() instanceof AuditEvent event) {
                events.add(event);
            }
        });
        assertThat(events).hasSizeGreaterThanOrEqualTo(least);
        for (AuditEvent event : events) {
            assertThat(RULES.errors(event)).as(json(event)).isEmpty();
        }
        return events;
    }

    /** Last parts of the names of the profiles that the events say they have. */
    private static Set<String> profiles(List<AuditEvent> events) {
        return events.stream()
                .flatMap(event -> event.getMeta().getProfile().stream())
                .map(profile -> profile.getValue().replaceAll(".*IHE\\.BasicAudit\\.", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
