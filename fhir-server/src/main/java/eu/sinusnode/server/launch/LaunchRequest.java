package eu.sinusnode.server.launch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a portal asks for.
 *
 * @param patientId id of the Patient that the app is to open with
 * @param clientId OAuth client id of the app
 */
record LaunchRequest(String patientId, String clientId) {

    /** Bytes; the two ids need far less. */
    static final int SIZE_LIMIT = 4096;

    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:\\-]{0,127}");
    private static final Set<String> MEMBERS = Set.of("patient", "client_id");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(4).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The body says something else; the message names the member and no value. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String sentence) {
            super(sentence);
        }
    }

    /**
     * Reads {@code {"patient":"<id>","client_id":"<app>"}}. A member that is not understood is refused: a context that
     * would silently be left out could show the wrong thing. An {@code encounter} is one of them, since this server keeps
     * no Encounter that it could be checked against.
     */
    static LaunchRequest parse(byte[] body) throws Malformed {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (IOException e) {
            throw new Malformed("the body is no JSON");
        }
        if (node == null || !node.isObject()) {
            throw new Malformed("the body is no JSON object");
        }
        Set<String> members = new TreeSet<>();
        node.fieldNames().forEachRemaining(members::add);
        if (!MEMBERS.containsAll(members)) {
            throw new Malformed("only patient and client_id are understood");
        }
        return new LaunchRequest(text(node, "patient", FHIR_ID), text(node, "client_id", CLIENT_ID));
    }

    private static String text(JsonNode node, String member, Pattern form) throws Malformed {
        JsonNode value = node.get(member);
        if (value == null
                || !value.isTextual()
                || !form.matcher(value.textValue()).matches()) {
            throw new Malformed(member + " is missing or is not an id");
        }
        return value.textValue();
    }
}
