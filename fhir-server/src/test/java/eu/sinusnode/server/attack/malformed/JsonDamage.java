package eu.sinusnode.server.attack.malformed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.attack.Dice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Well-formed JSON of a wrong structure, and texts that are no JSON any more. */
final class JsonDamage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\ud800",
            "\u202e\u0645\u202d",
            "\ufeff",
            "\uffff",
            "𝒳🫀",
            "a\r\nSet-Cookie: x=y",
            "../../etc/passwd",
            "${jndi:ldap://127.0.0.1/a}",
            "#{T(java.lang.Runtime)}",
            "%s%n%x",
            "'; DROP TABLE hfj_resource; --",
            "<script>alert(1)</script>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
            "9999-99-99",
            "2026-02-30T25:61:61Z",
            "urn:uuid:nothing",
            "Patient/",
            "Patient?identifier=x",
            "http://127.0.0.1:1/fhir/Patient/1",
            "#",
            "x".repeat(70_000));

    private final Dice dice;

    JsonDamage(Dice dice) {
        this.dice = dice;
    }

    /** Some places of it hold something of another kind. */
    String structure(String json) {
        ObjectNode root = read(json);
        int wounds = dice.between(1, 3);
        for (int i = 0; i < wounds; i++) {
            wound(root);
        }
        return root.toString();
    }

    private void wound(ObjectNode root) {
        List<JsonNode> inner = new ArrayList<>();
        gather(root, inner);
        JsonNode place = dice.of(inner);
        if (place instanceof ObjectNode object) {
            woundObject(object);
        } else if (place instanceof ArrayNode array) {
            array.insert(array.isEmpty() ? 0 : dice.between(0, array.size()), oddValue());
        }
    }

    private void woundObject(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "nothing" : dice.of(names);
        switch (dice.between(1, 6)) {
            case 1 -> object.remove(name);
            case 2 ->
                object.set(dice.of("_" + name, name + "x", "__proto__", "resourceType", "fhir_comments"), oddValue());
            case 3 -> object.set(name, NODES.arrayNode().add(object.path(name).deepCopy()));
            case 4 -> object.set(name, NODES.objectNode().set("extension", oddValue()));
            default -> object.set(name, oddValue());
        }
    }

    private JsonNode oddValue() {
        return switch (dice.between(1, 9)) {
            case 1 -> NODES.nullNode();
            case 2 -> NODES.booleanNode(dice.chance(50));
            case 3 -> NODES.numberNode(dice.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
            case 4 ->
                NODES.numberNode(new BigDecimal(dice.of("1E+400", "-0", "0.000000000000000000000000001", "1e-999")));
            case 5 -> NODES.arrayNode();
            case 6 -> NODES.objectNode();
            case 7 -> NODES.arrayNode().add(NODES.arrayNode().add(NODES.nullNode()));
            default -> NODES.textNode(dice.of(ODD_TEXTS));
        };
    }

    private static void gather(JsonNode node, List<JsonNode> inner) {
        if (node.isContainerNode()) {
            inner.add(node);
            Iterator<JsonNode> children = node.elements();
            while (children.hasNext()) {
                gather(children.next(), inner);
            }
        }
    }

    /** Bytes lost, doubled, changed, cut off. */
    byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int wounds = dice.between(1, 6);
        for (int i = 0; i < wounds && bytes.length > 2; i++) {
            int at = dice.between(0, bytes.length - 1);
            int to = Math.min(bytes.length, at + dice.between(1, 12));
            switch (dice.between(1, 5)) {
                case 1 -> bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
                case 2 -> bytes = joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes[at] = (byte) dice.between(0, 255);
                default ->
                    bytes[at] = (byte) dice.of('{', '}', '[', ']', '"', ',', ':', '\\', '<', '>', '&')
                            .charValue();
            }
        }
        return bytes;
    }

    /** One kind of bracket in another, thousands deep. */
    String deep(String json) {
        int depth = dice.of(60, 500, 5_000, 100_000);
        return switch (dice.between(1, 4)) {
            case 1 -> "[".repeat(depth);
            case 2 -> "{\"resourceType\":\"Observation\",\"extension\":" + "[{\"extension\":".repeat(depth);
            case 3 -> nested(json, "\"extension\":[{\"url\":\"https://x.example\",", "}],", Math.min(depth, 5_000));
            default ->
                nested(json, "\"contained\":[{\"resourceType\":\"Basic\",", "\"id\":\"c\"}],", Math.min(depth, 5_000));
        };
    }

    private static String nested(String json, String open, String close, int depth) {
        return "{" + open.repeat(depth) + "\"url\":\"https://x.example\""
                + close.replace(",", "").repeat(depth) + "," + json.substring(1);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What is to be damaged is no JSON.", e);
        }
    }
}
