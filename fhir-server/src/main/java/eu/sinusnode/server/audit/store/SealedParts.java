package eu.sinusnode.server.audit.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an AuditEvent's JSON what concerns a person, and puts it back. In its place stands, where the element must
 * not be missing, a Reference that says {@code erased}.
 *
 * <p>What was taken out is an object from {@code <array>/<index>} to the fields that stood there.
 */
final class SealedParts {

    static final String ERASED = "erased";
    private static final String STORY = "story";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode event;
    private final ObjectNode taken = JSON.createObjectNode();

    private SealedParts(ObjectNode event) {
        this.event = event;
    }

    static SealedParts of(ObjectNode event) {
        return new SealedParts(event);
    }

    /** @param reference whether the field is a Reference that must not be missing */
    void take(String array, int index, String field, boolean reference) {
        ObjectNode from = (ObjectNode) event.path(array).path(index);
        JsonNode value = from.get(field);
        if (value == null) {
            return;
        }
        taken.withObject("/" + array + "~1" + index).set(field, value);
        if (reference) {
            from.set(field, JSON.createObjectNode().put("display", ERASED));
        } else {
            from.remove(field);
        }
    }

    /**
     * Null when nothing was taken.
     *
     * @param story the person's part of what was recorded, as JSON, or null; it is kept with what was taken
     */
    byte @Nullable [] bytes(byte @Nullable [] story) {
        try {
            if (story != null) {
                taken.set(STORY, JSON.readTree(story));
            }
            return taken.isEmpty() ? null : JSON.writeValueAsBytes(taken);
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not refuse bytes.", e);
        }
    }

    /** The story that was kept with what was taken, as JSON; null when there was none. */
    static byte @Nullable [] story(byte[] taken) throws IOException {
        JsonNode story = JSON.readTree(taken).get(STORY);
        return story == null ? null : JSON.writeValueAsBytes(story);
    }

    /** Puts back what {@link #bytes} held. */
    static void putBack(ObjectNode event, byte[] taken) throws IOException {
        Iterator<Map.Entry<String, JsonNode>> places = JSON.readTree(taken).fields();
        while (places.hasNext()) {
            Map.Entry<String, JsonNode> place = places.next();
            if (place.getKey().equals(STORY)) {
                continue;
            }
            String[] path = place.getKey().split("/", 2);
            ArrayNode array = (ArrayNode) event.get(path[0]);
            ObjectNode at = (ObjectNode) array.get(Integer.parseInt(path[1]));
            at.setAll((ObjectNode) place.getValue());
        }
    }
}
