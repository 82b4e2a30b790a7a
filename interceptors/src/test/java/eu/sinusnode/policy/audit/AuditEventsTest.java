package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which AuditEvents one entry becomes. */
class AuditEventsTest {

    private static final AuditEvents EVENTS = new AuditEvents(World.SERVER_BASE);

    @Test
    void onePatientOneEvent() {
        List<AuditedRecord> records = new ArrayList<>(Entries.many("anna", 3));
        records.addAll(Entries.many("bernd", 2));
        records.add(new AuditedRecord(null, "Device", "cuff", "1"));
        List<AuditEvent> events =
                EVENTS.render(Entries.granted(AuditedInteraction.SEARCH, null, Entries.clinician(), records));
        assertThat(events)
                .extracting(AuditEventsTest::patients)
                .containsExactly(List.of("anna"), List.of("bernd"), List.of());
        assertThat(events).extracting(event -> event.getIdElement().getIdPart()).doesNotHaveDuplicates();
    }

    @Test
    void theSameEntryGivesTheSameEvents() {
        AuditEntry entry =
                Entries.granted(AuditedInteraction.SEARCH, null, Entries.clinician(), Entries.many("anna", 3));
        assertThat(json(EVENTS.render(entry))).isEqualTo(json(EVENTS.render(entry)));
    }

    @Test
    void bulkAnswerIsOneEventThatNamesNoPatient() {
        List<AuditedRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(new AuditedRecord("patient-" + i, "Observation", null, null));
        }
        AuditEntry entry = Entries.granted(AuditedInteraction.BULK, "$vital-readings", Entries.job(), records);
        List<AuditEvent> events = EVENTS.render(entry);
        assertThat(events).hasSize(1);
        assertThat(json(events)).doesNotContain("patient-").contains("\"valueString\":\"100\"");
        assertThat(entry.patients()).as("the ledger").hasSize(100);
    }

    @Test
    void manyRecordsAreCountedNotNamed() {
        AuditEvent event = EVENTS.render(Entries.granted(
                        AuditedInteraction.SEARCH,
                        null,
                        Entries.clinician(),
                        Entries.many("anna", EventEntities.NAMED_RECORDS + 1)))
                .get(0);
        assertThat(event.getEntity()).hasSize(4);
        assertThat(event.getEntity()
                        .get(2)
                        .getDetailFirstRep()
                        .getValueStringType()
                        .getValue())
                .isEqualTo("21");
    }

    @ParameterizedTest
    @CsvSource({
        "SN-SCOPE-001, 8, AuthZ-Role",
        "SN-TOKEN-002, 8, AuthZ-Role",
        "SN-RELATIONSHIP-001, 4, AuthZ-Role",
        "SN-CONSENT-001, 4, AuthZ-Consent",
        "SN-PROFILE-001, 4,",
        "HTTP-404, 4,",
        "invalid_user_credentials, 4,"
    })
    void refusalsSayHowGraveTheyAreAndOnWhatTheyWereDecided(String code, String outcome, @Nullable String decision) {
        AuditEvent event = EVENTS.render(Entries.denied(AuditedInteraction.READ, Entries.clinician(), code, "anna"))
                .get(0);
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome.fromCode(outcome));
        assertThat(event.getOutcomeDesc()).isEqualTo(code + ": for this reason");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
        assertThat(
                        event.getSubtype().size() == 1
                                ? null
                                : event.getSubtype().get(1).getCode())
                .isEqualTo(decision);
    }

    @Test
    void aRunOfAJobIsAStartAndAStopWithWhatTheJobSaidOfIt() {
        UUID id = UUID.randomUUID();
        AuditEvent start = run(JobRun.started(id, "risk-scoring", List.of(new AuditedDetail("model", "af 1"))));
        AuditEvent failure = run(JobRun.ended(id, "risk-scoring", false, List.of(new AuditedDetail("patients", "12"))));

        assertThat(start.getSubtypeFirstRep().getCode()).isEqualTo("110120");
        assertThat(start.getOutcome()).isEqualTo(AuditEventOutcome._0);
        assertThat(failure.getSubtype()).extracting(Coding::getCode).containsExactly("110121");
        assertThat(failure.getOutcome()).isEqualTo(AuditEventOutcome._4);
        assertThat(failure.getOutcomeDesc()).isEqualTo("JOB-FAILED: the job says that its run failed");
        for (AuditEvent event : List.of(start, failure)) {
            assertThat(event.getEntity()).hasSize(2);
            assertThat(event.getEntity().get(0).getWhat().getIdentifier().getValue())
                    .isEqualTo(id.toString());
            assertThat(event.getEntity().get(1).getName()).isEqualTo("risk-scoring");
        }
        assertThat(failure.getEntity()
                        .get(1)
                        .getDetailFirstRep()
                        .getValueStringType()
                        .getValue())
                .as("a failed run says what it did, too")
                .isEqualTo("12");
    }

    @Test
    void aPhaseOfARunHasOneIdWhoeverElseNamesTheRun() {
        UUID id = UUID.randomUUID();
        JobRun start = JobRun.started(id, "risk-scoring", List.of());
        JobRun again = JobRun.started(id, "risk-scoring", List.of(new AuditedDetail("model", "af 1")));

        assertThat(again.entryId("job")).isEqualTo(start.entryId("job"));
        assertThat(start.entryId("other-job")).isNotEqualTo(start.entryId("job"));
        assertThat(JobRun.ended(id, "risk-scoring", true, List.of()).entryId("job"))
                .isNotEqualTo(start.entryId("job"))
                .isEqualTo(JobRun.ended(id, "risk-scoring", false, List.of()).entryId("job"));
    }

    private static AuditEvent run(JobRun run) {
        return EVENTS.render(Entries.entry(run.facts("192.0.2.7"), Entries.job(), run.outcome(), List.of()))
                .get(0);
    }

    @Test
    void whoCalledForWhomAndWhyIsTold() {
        AuditEvent event = EVENTS.render(
                        Entries.granted(AuditedInteraction.READ, null, Entries.clinician(), Entries.many("anna", 1)))
                .get(0);
        assertThat(event.getAgent().get(0).getWho().getIdentifier().getValue()).isEqualTo("clinician-client");
        assertThat(event.getAgent().get(0).getNetwork().getAddress()).isEqualTo("192.0.2.7");
        assertThat(event.getAgent().get(2)).satisfies(user -> {
            assertThat(user.getRequestor()).isTrue();
            assertThat(user.getWho().getReference()).isEqualTo("Practitioner/doctor");
            assertThat(user.getPolicy()).extracting(policy -> policy.getValue()).containsExactly("urn:jti:token-1");
            assertThat(user.getPurposeOfUseFirstRep().getCodingFirstRep().getCode())
                    .isEqualTo("TREAT");
        });
        assertThat(event.getOutcomeDesc()).as("the rule that permitted it").isEqualTo("consent");
    }

    @Test
    void queryIsKeptAsItWasHandedOver() {
        AuditEvent event = EVENTS.render(
                        Entries.granted(AuditedInteraction.SEARCH, null, Entries.clinician(), Entries.many("anna", 1)))
                .get(0);
        assertThat(new String(event.getEntity().get(1).getQuery(), StandardCharsets.UTF_8))
                .isEqualTo("GET http://sinusnode.test/fhir/Observation?code=8867-4&patient=~k.x");
    }

    /** Journals of earlier versions did not keep the method, and told each query as a GET. */
    @Test
    void queryOfAnUnknownMethodIsToldAsBefore() {
        RequestFacts old = new RequestFacts(
                "request-7",
                AuditedInteraction.SEARCH,
                null,
                "Observation",
                null,
                "Observation?code=1",
                null,
                null,
                null);
        AuditEvent event = EVENTS.render(Entries.entry(
                        old, Entries.clinician(), new AuditOutcome.Granted("consent"), Entries.many("anna", 1)))
                .get(0);
        assertThat(new String(event.getEntity().get(1).getQuery(), StandardCharsets.UTF_8))
                .isEqualTo("GET http://sinusnode.test/fhir/Observation?code=1");
    }

    private static List<String> patients(AuditEvent event) {
        return event.getEntity().stream()
                .map(entity -> String.valueOf(entity.getWhat().getReference()))
                .filter(reference -> reference.startsWith("Patient/"))
                .map(reference -> reference.substring("Patient/".length()))
                .toList();
    }

    private static String json(List<AuditEvent> events) {
        StringBuilder json = new StringBuilder();
        events.forEach(event -> json.append(PolicyServer.FHIR.newJsonParser().encodeResourceToString(event)));
        return json.toString();
    }
}
