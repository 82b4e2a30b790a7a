package eu.sinusnode.launcher.therapy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Resources as they are sent. */
final class FhirJson {

    private FhirJson() {}

    static ObjectNode resource(String type) {
        return JsonNodeFactory.instance.objectNode().put("resourceType", type);
    }

    /** @param value an element named {@code value[x]}, in pairs of name and value[x]; a reference is an object */
    static ObjectNode parameters(Parameter... parameters) {
        ObjectNode resource = resource("Parameters");
        ArrayNode all = resource.putArray("parameter");
        for (Parameter each : parameters) {
            all.addObject().put("name", each.name()).set(each.element(), each.value());
        }
        return resource;
    }

    /** @param element its type's {@code value[x]} */
    record Parameter(String name, String element, JsonNode value) {

        static Parameter text(String name, String element, String value) {
            return new Parameter(name, element, JsonNodeFactory.instance.textNode(value));
        }

        static Parameter reference(String name, String reference) {
            return new Parameter(name, "valueReference", FhirJson.reference(reference));
        }
    }

    static ObjectNode reference(String reference) {
        return JsonNodeFactory.instance.objectNode().put("reference", reference);
    }

    static ObjectNode concept(String system, String code) {
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        concept.putArray("coding").addObject().put("system", system).put("code", code);
        return concept;
    }

    /** Its code in the first coding; empty when there is none. */
    static String code(JsonNode concept) {
        return concept.path("coding").path(0).path("code").asText("");
    }

    static ObjectNode transaction() {
        ObjectNode bundle = resource("Bundle").put("type", "transaction");
        bundle.putArray("entry");
        return bundle;
    }

    static void create(ObjectNode transaction, ObjectNode resource, String fullUrl) {
        ObjectNode entry = ((ArrayNode) transaction.get("entry")).addObject();
        entry.put("fullUrl", fullUrl).set("resource", resource);
        entry.putObject("request")
                .put("method", "POST")
                .put("url", resource.path("resourceType").asText());
    }

    static byte[] bytes(JsonNode resource) {
        return resource.toString().getBytes(StandardCharsets.UTF_8);
    }
}
