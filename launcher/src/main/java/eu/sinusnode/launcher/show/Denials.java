package eu.sinusnode.launcher.show;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Refusals as the auditor reads them. */
public final class Denials {

    private final FhirEndpoint endpoint;

    /** @param endpoint with the auditor's token */
    public Denials(FhirEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @param reason code and sentence, e.g. {@code SN-RESIDENCY-001: …} */
    public record Denial(String recorded, String agent, String entity, String reason) {

        static Denial of(JsonNode event) {
            return new Denial(
                    event.path("recorded").asText(),
                    client(event),
                    record(event),
                    event.path("outcomeDesc").asText());
        }

        boolean isRefusal() {
            return reason.startsWith("SN-");
        }

        private static String client(JsonNode event) {
            JsonNode who = event.path("agent").path(0).path("who");
            return who.path("identifier")
                    .path("value")
                    .asText(who.path("display").asText(who.path("reference").asText("-")));
        }

        private static String record(JsonNode event) {
            String named = "-";
            for (JsonNode entity : event.path("entity")) {
                String reference = entity.path("what").path("reference").asText("");
                if (!reference.isEmpty()) {
                    return reference;
                }
                named = entity.path("name").asText(named);
            }
            return named;
        }
    }

    /** Every refusal that was recorded at or after the instant, the newest first. */
    public List<Denial> since(Instant start) {
        String date = URLEncoder.encode("ge" + start, StandardCharsets.UTF_8);
        return endpoint.searchAll("AuditEvent?date=" + date + "&_count=100").stream()
                .filter(r -> "AuditEvent".equals(r.path("resourceType").asText()))
                .map(Denial::of)
                .filter(Denial::isRefusal)
                .toList();
    }

    static List<String> table(List<Denial> denials, int most) {
        TextTable table = new TextTable("recorded", "caller", "record", "why");
        denials.stream().limit(most).forEach(d -> table.row(d.recorded(), d.agent(), d.entity(), d.reason()));
        return table.lines();
    }
}
