package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.junit.jupiter.api.Test;

/** The audit as auditors and patients read it, over HTTP. */
class AuditReadingIT extends RunningServer {

    @Test
    void anAuditorFindsARefusalByItsRequestIdAtOnce() {
        Answer refused = get("/Observation", TOKENS.auditor());
        String requestId = refused.header("X-Request-ID").orElseThrow();

        Bundle found = search("request-id=" + requestId);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(events(found)).singleElement().satisfies(event -> {
            assertThat(event.getOutcome()).isEqualTo(AuditEvent.AuditEventOutcome._8);
            assertThat(event.getOutcomeDesc()).startsWith("SN-INTERACTION-001");
        });
    }

    @Test
    void eachParameterNarrowsAndPagesJoin() {
        String patient = storedPatient();
        String requestId = get("/Patient/" + patient, TOKENS.patient(patient))
                .header("X-Request-ID")
                .orElseThrow();
        get("/Patient/" + patient, TOKENS.patient(patient));
        String own = "patient=Patient/" + patient;

        List<AuditEvent> reads = events(search(own + "&subtype=read&_sort=date"));

        assertThat(reads).hasSize(2);
        assertThat(reads.get(0).getRecorded()).isBeforeOrEqualTo(reads.get(1).getRecorded());
        assertThat(reads).allSatisfy(event -> assertThat(event.getEntity())
                .anySatisfy(
                        entity -> assertThat(entity.getWhat().getReference()).startsWith("Patient/" + patient)));
        assertThat(events(search(own + "&action=R&outcome=0&type=rest&client=test-patient")))
                .hasSize(2);
        assertThat(events(search(own + "&action=R&request-id=" + requestId))).hasSize(1);
        assertThat(events(search(own + "&action=R&agent=Patient/" + patient))).hasSize(2);
        assertThat(events(search(own + "&action=R&entity=Patient/" + patient))).hasSize(2);
        assertThat(events(search(own + "&action=D"))).isEmpty();
        assertThat(events(search(own + "&client=somebody"))).isEmpty();
        assertThat(events(search("patient=Patient/" + UUID.randomUUID()))).isEmpty();
        Bundle first = search(own + "&subtype=read&_sort=-date&_count=1");
        String next = first.getLink("next").getUrl();
        List<AuditEvent> second = events((Bundle) get(next, TOKENS.auditor()).resource());
        assertThat(events(first)).hasSize(1);
        assertThat(second)
                .extracting(event -> event.getIdElement().getIdPart())
                .doesNotContain(events(first).get(0).getIdElement().getIdPart());
    }

    /** The operation notes what it gives before its first byte; nothing notes it once more. */
    @Test
    void aStreamOfReadingsIsOneEvent() {
        Answer stream = get("/$vital-readings?patients=1", TOKENS.job());
        assertThat(stream.status()).as(stream.body()).isEqualTo(200);

        Bundle found = search("request-id=" + stream.header("X-Request-ID").orElseThrow());

        assertThat(events(found)).singleElement().satisfies(event -> assertThat(event.getOutcome())
                .isEqualTo(AuditEvent.AuditEventOutcome._0));
    }

    @Test
    void whoWasAffectedByAClientIsOneQuery() {
        Instant start = Instant.now();
        String client = "suspect-" + UUID.randomUUID();
        String touched = storedPatient();
        String untouched = storedPatient();
        String token = TOKENS.token(CallerKind.PATIENT, claims -> claims.claim("azp", client)
                .claim("patient", touched)
                .claim("fhirUser", "Patient/" + touched));
        assertThat(get("/Patient/" + touched, token).status()).isEqualTo(200);
        assertThat(get("/Patient/" + untouched, TOKENS.patient(untouched)).status())
                .isEqualTo(200);

        Answer answer = get(
                "/AuditEvent/$affected-patients?client=" + client + "&start=" + start + "&end=" + Instant.now(),
                TOKENS.auditor());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Parameters affected = (Parameters) answer.resource();
        assertThat(affected.getParameters("patient")).hasSize(1);
        assertThat(answer.body()).contains("Patient/" + touched).doesNotContain(untouched);
        assertThat(get(
                                "/AuditEvent/$affected-patients?client=" + client + "&start=" + start + "&end=" + start,
                                TOKENS.patient(touched))
                        .status())
                .isEqualTo(403);
        assertThat(get("/AuditEvent/$affected-patients?client=" + client, TOKENS.auditor())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPatientReadsInPlainWordsWhoSawWhatAndNobodyElseDoes() {
        String patient = storedPatient();
        String other = storedPatient();
        get("/Patient/" + patient, TOKENS.patient(patient));
        get("/Patient/" + patient, TOKENS.patient(other));

        Answer log = get("/Patient/" + patient + "/$access-log", TOKENS.patient(patient));
        Answer german = send(request("/Patient/" + patient + "/$access-log?count=1", TOKENS.patient(patient))
                .header("Accept-Language", "de-AT,de;q=0.9")
                .GET());

        assertThat(log.status()).as(log.body()).isEqualTo(200);
        List<ParametersParameterComponent> accesses = ((Parameters) log.resource())
                .getParameters("access").stream()
                        .map(parameter -> (ParametersParameterComponent) (Object) parameter)
                        .toList();
        assertThat(accesses).hasSizeGreaterThanOrEqualTo(2);
        assertThat(log.body()).doesNotContain(other);
        assertThat(german.status()).as(german.body()).isEqualTo(200);
        assertThat(german.body()).contains("\"valueCode\":\"de\"").contains("\"next\"");
        Answer foreign = get("/Patient/" + patient + "/$access-log", TOKENS.patient(other));
        Answer unknown = get("/Patient/" + UUID.randomUUID() + "/$access-log", TOKENS.patient(other));
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(get("/Patient/" + patient + "/$access-log", TOKENS.auditor()).status())
                .isEqualTo(403);
        assertThat(get("/Patient/" + patient + "/$access-log?start=yesterday", TOKENS.patient(patient))
                        .status())
                .isEqualTo(400);
    }

    private static String storedPatient() {
        String id = UUID.randomUUID().toString();
        load(Records.transaction(Records.patient(id)));
        return id;
    }

    private static Bundle search(String query) {
        Answer answer = get("/AuditEvent?" + query, TOKENS.auditor());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle();
    }

    private static List<AuditEvent> events(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }
}
