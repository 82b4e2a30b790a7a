package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;

/** Every answer carries its request's id, and by it an auditor finds what became of the request. */
class AuditedRequestsIT extends RunningServer {

    private static final String X_REQUEST_ID = "X-Request-ID";

    @Test
    void everyAnswerHasOneRequestId() {
        for (String url : List.of(
                BASE + "/metadata",
                ORIGIN + "/.well-known/smart-configuration",
                ORIGIN + "/actuator/health",
                BASE + "/Patient/" + Records.id("nobody"),
                ORIGIN + "/nowhere")) {
            assertThat(get(url, null).response().headers().allValues(X_REQUEST_ID))
                    .as(url)
                    .singleElement()
                    .satisfies(id -> assertThat(id).isNotBlank());
        }
    }

    @Test
    @Covers("http.html#request-id")
    void aClientsOwnIdIsTakenWhenItIsOne() {
        assertThat(send(request("/metadata", null)
                                .header(X_REQUEST_ID, "app-1.call-7")
                                .GET())
                        .header(X_REQUEST_ID))
                .hasValue("app-1.call-7");
        for (String other : List.of("Anna Meier", "a".repeat(65), "a/b")) {
            assertThat(send(request("/metadata", null)
                                    .header(X_REQUEST_ID, other)
                                    .GET())
                            .header(X_REQUEST_ID))
                    .as(other)
                    .hasValueSatisfying(id -> assertThat(id).isNotEqualTo(other).hasSize(36));
        }
    }

    @Test
    void refusalsAreFoundByTheirRequestId() {
        Instant start = Instant.now().minusSeconds(1);
        Map<String, Answer> refused = new TreeMap<>();
        refused.put("no token", get("/Patient/" + Records.id("nobody"), null));
        refused.put("no such path", get(ORIGIN + "/nowhere", null));
        refused.put("unknown record", get("/Patient/" + Records.id("nobody"), TOKENS.patient(Records.id("somebody"))));
        refused.put("unknown parameter", get("/Observation?nonsense=1", TOKENS.patient(Records.id("somebody"))));
        refused.put("no FHIR", post("/Observation", TOKENS.loader(), "{\"resourceType\":"));
        refused.put(
                "packed",
                send(request("/Observation", TOKENS.loader())
                        .header("Content-Type", "application/fhir+json")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b}))));
        refused.put("not open", get("/Goal/_history", TOKENS.job()));

        Map<String, AuditEvent> audited = auditedSince(start);

        refused.forEach((what, answer) -> {
            assertThat(answer.status()).as(what).isBetween(400, 499);
            String id = answer.header(X_REQUEST_ID).orElseThrow();
            assertThat(audited).as(what).containsKey(id);
            AuditEvent event = audited.getOrDefault(id, new AuditEvent());
            assertThat(event.getOutcome()).as(what).isNotEqualTo(AuditEvent.AuditEventOutcome._0);
        });
    }

    @Test
    void searchValuesOfPersonsAreNotInTheAudit() {
        Instant start = Instant.now().minusSeconds(1);
        Answer answer = get(
                "/Patient?family=Regenbogenmann&identifier=http%3A%2F%2Ffhir.de%2Fsid%2Fgkv%2Fkvid-10%7CA123456780",
                TOKENS.patient(Records.id("somebody")));
        assertThat(answer.status()).isEqualTo(200);

        AuditEvent event =
                auditedSince(start).getOrDefault(answer.header(X_REQUEST_ID).orElseThrow(), new AuditEvent());

        assertThat(Audited.query(event))
                .matches("GET http://127.0.0.1:\\d+/fhir/Patient\\?family=~[^&]+&identifier=~[^&]+")
                .doesNotContain("Regenbogenmann", "A123456780");
    }

    private static Map<String, AuditEvent> auditedSince(Instant start) {
        Answer answer = get("/AuditEvent?_count=500&date=ge" + start, TOKENS.auditor());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, AuditEvent> byRequest = new TreeMap<>();
        for (Bundle.BundleEntryComponent entry : answer.bundle().getEntry()) {
            AuditEvent event = (AuditEvent) entry.getResource();
            byRequest.put(event.getEntityFirstRep().getWhat().getIdentifier().getValue(), event);
        }
        return byRequest;
    }
}
