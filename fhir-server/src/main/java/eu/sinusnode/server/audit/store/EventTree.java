package eu.sinusnode.server.audit.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hl7.fhir.r4.formats.JsonCreator;
import org.hl7.fhir.r4.formats.JsonParser;
import org.hl7.fhir.r4.model.AuditEvent;

/**
 * An AuditEvent as a tree of JSON, by the generated writer of HL7's own library: the text that would be written and read
 * again for it cost eight times as much.
 */
final class EventTree implements JsonCreator {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Deque<JsonNode> open = new ArrayDeque<>();
    private String name = "";

    /** The writer expects to stand within the object. */
    private EventTree(ObjectNode root) {
        open.push(root);
    }

    static ObjectNode of(AuditEvent event) {
        ObjectNode root = NODES.objectNode();
        try {
            new JsonParser().compose(new EventTree(root), event);
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not refuse nodes.", e);
        }
        if (event.hasId()) {
            // The writer takes an id as it is held, with the type and the version of whoever read it.
            root.put("id", event.getIdElement().getIdPart());
        }
        return root;
    }

    @Override
    public void beginObject() {
        ObjectNode object = NODES.objectNode();
        put(object);
        open.push(object);
    }

    @Override
    public void endObject() {
        open.pop();
    }

    @Override
    public void beginArray() {
        ArrayNode array = NODES.arrayNode();
        put(array);
        open.push(array);
    }

    @Override
    public void endArray() {
        open.pop();
    }

    @Override
    public void name(String name) {
        this.name = name;
    }

    @Override
    public void nullValue() {
        put(NODES.nullNode());
    }

    @Override
    public void value(String value) {
        put(NODES.textNode(value));
    }

    @Override
    public void value(Boolean value) {
        put(NODES.booleanNode(value));
    }

    @Override
    public void value(BigDecimal value) {
        put(NODES.numberNode(value));
    }

    @Override
    public void valueNum(String value) {
        put(NODES.numberNode(new BigDecimal(value)));
    }

    @Override
    public void value(Integer value) {
        put(NODES.numberNode(value));
    }

    private void put(JsonNode node) {
        if (open.element() instanceof ObjectNode object) {
            object.set(name, node);
        } else {
            ((ArrayNode) open.element()).add(node);
        }
    }

    @Override
    public void setIndent(String indent) {}

    @Override
    public void finish() {}

    @Override
    public void link(String link) {}
}
