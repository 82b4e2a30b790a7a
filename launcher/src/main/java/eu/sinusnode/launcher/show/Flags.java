package eu.sinusnode.launcher.show;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The risk flags as one caller is shown them. */
public final class Flags {

    /** What the search asks for; the README has the same line. */
    static final String QUERY = "Observation?category="
            + URLEncoder.encode(Canonicals.OBSERVATION_CATEGORIES + "|" + Codes.RISK_FLAG, StandardCharsets.UTF_8)
            + "&_count=100";

    private final FhirEndpoint endpoint;

    public Flags(FhirEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** One flag: whose, which risk, what it says and why. */
    public record Flag(String id, String patient, String risk, String value, String reason) {

        static Flag of(JsonNode observation) {
            return new Flag(
                    observation.path("id").asText(),
                    observation.path("subject").path("reference").asText(),
                    observation.path("code").path("coding").path(0).path("code").asText(),
                    value(observation),
                    reason(observation));
        }

        boolean isComputed() {
            return !risk.equals(Codes.NOT_COMPUTABLE_SUMMARY);
        }

        private static String value(JsonNode observation) {
            JsonNode value = observation.path("valueCodeableConcept");
            String code = value.path("coding").path(0).path("code").asText("");
            if (!code.isEmpty()) {
                return code;
            }
            String absent = observation
                    .path("dataAbsentReason")
                    .path("coding")
                    .path(0)
                    .path("code")
                    .asText("");
            return absent.isEmpty() ? "-" : absent;
        }

        private static String reason(JsonNode observation) {
            return observation.path("note").path(0).path("text").asText("");
        }
    }

    /** All of them, raised risks first. */
    public List<Flag> all() {
        return endpoint.searchAll(QUERY).stream()
                .filter(resource ->
                        "Observation".equals(resource.path("resourceType").asText()))
                .map(Flag::of)
                .sorted(Comparator.comparing(Flag::isComputed)
                        .reversed()
                        .thenComparing(Flag::risk)
                        .thenComparing(Flag::patient))
                .toList();
    }

    /** @param most how many rows at most */
    static List<String> table(List<Flag> flags, int most) {
        TextTable table = new TextTable("patient", "risk", "value", "why");
        flags.stream()
                .limit(most)
                .forEach(f -> table.row(f.patient().replace("Patient/", ""), f.risk(), f.value(), f.reason()));
        Stream<String> rest =
                flags.size() > most ? Stream.of("  ... and " + (flags.size() - most) + " more") : Stream.empty();
        return Stream.concat(table.lines().stream(), rest).toList();
    }
}
