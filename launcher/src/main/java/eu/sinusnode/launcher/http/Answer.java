package eu.sinusnode.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A FHIR server's answer.
 *
 * @param status of HTTP
 * @param body the resource; a missing node when there was none
 */
public record Answer(int status, JsonNode body) {

    public boolean isOk() {
        return status / 100 == 2;
    }

    /** The resources of a searchset in its order. */
    public List<JsonNode> resources() {
        List<JsonNode> resources = new ArrayList<>();
        body.path("entry").forEach(entry -> resources.add(entry.path("resource")));
        return resources;
    }

    /** Where the next page of a searchset lies. */
    public Optional<String> nextPage() {
        for (JsonNode link : body.path("link")) {
            if ("next".equals(link.path("relation").asText())) {
                return Optional.of(link.path("url").asText());
            }
        }
        return Optional.empty();
    }

    /** SinusNode's code of the refusal, e.g. {@code SN-RESIDENCY-001}; empty when the answer names none. */
    public Optional<String> denialCode() {
        for (JsonNode issue : body.path("issue")) {
            for (JsonNode coding : issue.path("details").path("coding")) {
                String code = coding.path("code").asText();
                if (code.startsWith("SN-")) {
                    return Optional.of(code);
                }
            }
        }
        return Optional.empty();
    }

    /** What the first issue says, or the empty string. */
    public String diagnostics() {
        JsonNode issue = body.path("issue").path(0);
        String diagnostics = issue.path("diagnostics").asText("");
        return diagnostics.isEmpty() ? issue.path("details").path("text").asText("") : diagnostics;
    }
}
