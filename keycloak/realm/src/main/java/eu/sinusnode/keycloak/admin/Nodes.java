package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** Small questions to JSON trees. */
final class Nodes {

    private Nodes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(List<? extends JsonNode> nodes) {
        return JsonNodeFactory.instance.arrayNode().addAll(nodes);
    }

    static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static Set<String> texts(JsonNode array, String field) {
        Set<String> texts = new TreeSet<>();
        array.forEach(node -> texts.add(node.path(field).asText()));
        return texts;
    }

    /** An array's objects by one of their fields. */
    static Map<String, JsonNode> by(String field, JsonNode array) {
        Map<String, JsonNode> byField = new LinkedHashMap<>();
        array.forEach(node -> byField.put(node.path(field).asText(), node));
        return byField;
    }

    static List<JsonNode> where(JsonNode array, String field, Set<String> values) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(node -> values.contains(node.path(field).asText()))
                .toList();
    }

    /** Whether everything that is wanted is there; what Keycloak added of its own is not looked at. */
    static boolean holds(JsonNode there, JsonNode wanted) {
        if (wanted.isObject()) {
            for (Map.Entry<String, JsonNode> field : wanted.properties()) {
                if (!holds(there.path(field.getKey()), field.getValue())) {
                    return false;
                }
            }
            return true;
        }
        return there.asText().equals(wanted.asText()) && there.size() == wanted.size();
    }
}
