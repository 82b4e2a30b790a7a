package eu.sinusnode.launcher.cohort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one transaction Bundle writes and what has to be there before it.
 *
 * @param defines {@code Type/id} of each entry
 * @param needs {@code Type/id} that entries refer to and the Bundle itself does not write
 * @param kinds of each entry, in order
 */
record BundleContent(Set<String> defines, Set<String> needs, List<Kind> kinds) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the run's figures tell apart. */
    enum Kind {
        PATIENT,
        VITAL,
        CARE_PLAN,
        OTHER
    }

    static BundleContent of(byte[] bundle) {
        JsonNode root;
        try {
            root = JSON.readTree(bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> defines = new HashSet<>();
        Set<String> references = new HashSet<>();
        List<Kind> kinds = new ArrayList<>();
        for (JsonNode entry : root.path("entry")) {
            JsonNode resource = entry.path("resource");
            defines.add(entry.path("request").path("url").asText());
            kinds.add(kind(resource));
            resource.findValues("reference").forEach(reference -> references.add(reference.asText()));
        }
        references.removeAll(defines);
        return new BundleContent(defines, references, kinds);
    }

    private static Kind kind(JsonNode resource) {
        return switch (resource.path("resourceType").asText()) {
            case "Patient" -> Kind.PATIENT;
            case "CarePlan" -> Kind.CARE_PLAN;
            case "Observation" -> isVital(resource) ? Kind.VITAL : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    private static boolean isVital(JsonNode observation) {
        return observation.path("category").findValuesAsText("code").contains("vital-signs");
    }
}
