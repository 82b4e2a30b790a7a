package eu.sinusnode.system;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The searches that several tests make. */
final class Searches {

    private Searches() {}

    /** {@code system|code}, encoded for a URL. */
    static String token(String system, String code) {
        return URLEncoder.encode(system + "|" + code, StandardCharsets.UTF_8);
    }

    static String flags(String patient) {
        return "Observation?patient=Patient/" + patient + "&category="
                + token(Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG) + "&_count=100";
    }

    static String bloodPressures(String patient) {
        return "Observation?patient=Patient/" + patient + "&code=" + token(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL)
                + "&_count=20";
    }

    static String heartRates(String patient) {
        return "Observation?patient=Patient/" + patient + "&code=" + token(Codes.LOINC, Codes.HEART_RATE)
                + "&_count=20";
    }

    /** What the first page holds; the search itself must be allowed. */
    static List<JsonNode> firstPage(FhirEndpoint endpoint, String query) {
        var answer = endpoint.get(query);
        if (!answer.isOk()) {
            throw new AssertionError(query + " answered " + answer.status() + ": " + answer.diagnostics());
        }
        return answer.resources().stream()
                .filter(r -> !"OperationOutcome".equals(r.path("resourceType").asText()))
                .toList();
    }
}
