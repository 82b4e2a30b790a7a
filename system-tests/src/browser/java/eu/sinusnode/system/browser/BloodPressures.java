package eu.sinusnode.system.browser;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;

/** What the chart must show, asked for without a browser. */
final class BloodPressures {

    private BloodPressures() {}

    /** {@code systolic/diastolic} in mmHg, newest first; no two readings of the cohort have one instant. */
    static List<String> of(FhirEndpoint endpoint, String patient) {
        return endpoint
                .searchAll("Observation?patient=" + patient + "&code=http%3A%2F%2Floinc.org%7C85354-9&_count=200")
                .stream()
                .filter(r -> r.path("resourceType").asText().equals("Observation"))
                .sorted(Comparator.comparing(BloodPressures::measured).reversed())
                .map(r -> value(r, "8480-6") + "/" + value(r, "8462-4"))
                .toList();
    }

    private static OffsetDateTime measured(JsonNode observation) {
        return OffsetDateTime.parse(observation.path("effectiveDateTime").asText());
    }

    private static String value(JsonNode observation, String code) {
        for (JsonNode component : observation.path("component")) {
            if (component.path("code").path("coding").path(0).path("code").asText().equals(code)) {
                return component.path("valueQuantity").path("value").asText();
            }
        }
        throw new AssertionError("A blood pressure without " + code);
    }
}
