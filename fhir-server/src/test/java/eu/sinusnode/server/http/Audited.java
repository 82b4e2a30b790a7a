package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;

/** What an auditor finds by the id that an answer bears. */
public final class Audited {

    private Audited() {}

    public static List<AuditEvent> by(Answer answer) {
        String id = answer.header("X-Request-ID").orElseThrow(() -> new AssertionError("no request id"));
        Answer found = RunningServer.get("/AuditEvent?request-id=" + id, RunningServer.TOKENS.auditor());
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        return found.bundle().getEntry().stream()
                .map(entry -> (AuditEvent) entry.getResource())
                .toList();
    }

    /** What was asked, as the event tells it. */
    public static String query(AuditEvent event) {
        return event.getEntity().stream()
                .filter(AuditEvent.AuditEventEntityComponent::hasQuery)
                .map(entity -> new String(entity.getQuery(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    /** The one event of a refusal; its {@code outcomeDesc} begins with the code. */
    public static AuditEvent refusal(Answer answer, String code) {
        List<AuditEvent> events = by(answer);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getOutcome()).isIn(AuditEvent.AuditEventOutcome._4, AuditEvent.AuditEventOutcome._8);
            assertThat(event.getOutcomeDesc()).startsWith(code + ": ");
        });
        return events.get(0);
    }
}
