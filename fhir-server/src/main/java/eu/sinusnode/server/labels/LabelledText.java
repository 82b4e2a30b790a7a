package eu.sinusnode.server.labels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import eu.sinusnode.policy.consent.Code;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** Puts labels into the JSON that the storage keeps of a record; every other character stays as it is. */
final class LabelledText {

    private static final JsonFactory JSON = new JsonFactory();

    private LabelledText() {}

    /**
     * @param json one FHIR resource
     * @param labels that {@code meta.security} does not hold yet, at least one
     * @throws IllegalStateException when it is no JSON object
     */
    static String with(String json, Collection<Code> labels) {
        String codings = labels.stream().map(LabelledText::coding).collect(Collectors.joining(","));
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalStateException("A stored record is no JSON object.");
            }
            int begin = end(parser);
            if (!enter(parser, "meta", JsonToken.START_OBJECT)) {
                return insert(json, begin, "\"meta\":{\"security\":[" + codings + "]}");
            }
            int meta = end(parser);
            return enter(parser, "security", JsonToken.START_ARRAY)
                    ? insert(json, end(parser), codings)
                    : insert(json, meta, "\"security\":[" + codings + "]");
        } catch (IOException e) {
            throw new IllegalStateException("A stored record is no JSON.", e);
        }
    }

    /** Where the token that the parser is at ends: each of those asked for is one character. */
    private static int end(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset()) + 1;
    }

    /** Leaves the parser at the beginning of that element of the object that it is in, or at the object's end. */
    private static boolean enter(JsonParser parser, String name, JsonToken begin) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = name.equals(parser.currentName());
            if (parser.nextToken() == begin && found) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static String insert(String json, int at, String text) {
        boolean empty = json.charAt(at) == '}' || json.charAt(at) == ']';
        return json.substring(0, at) + text + (empty ? "" : ",") + json.substring(at);
    }

    private static String coding(Code label) {
        return "{\"system\":\"" + quoted(label.system()) + "\",\"code\":\"" + quoted(label.code()) + "\"}";
    }

    private static String quoted(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
