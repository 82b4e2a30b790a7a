package eu.sinusnode.server.apidocs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.apidocs.ApiRequest.Body;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests as a Postman collection, format 2.1, one folder a resource type. */
final class PostmanCollection {

    private static final String FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

    private PostmanCollection() {}

    static ObjectNode of(List<ApiRequest> requests, String baseUrl) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("info")
                .put("name", "SinusNode FHIR R4")
                .put("description", "Set the variable token to an access token.")
                .put("schema", FORMAT);
        ObjectNode auth = root.putObject("auth").put("type", "bearer");
        variable(auth.putArray("bearer"), "token", "{{token}}").put("type", "string");
        ArrayNode variables = root.putArray("variable");
        variable(variables, "base", baseUrl);
        variable(variables, "token", "");
        Map<String, ArrayNode> folders = new LinkedHashMap<>();
        ArrayNode items = root.putArray("item");
        for (ApiRequest request : requests) {
            add(
                    folders.computeIfAbsent(
                            request.group(),
                            group -> items.addObject().put("name", group).putArray("item")),
                    request);
        }
        return root;
    }

    private static ObjectNode variable(ArrayNode list, String key, String value) {
        return list.addObject().put("key", key).put("value", value);
    }

    private static void add(ArrayNode folder, ApiRequest asked) {
        ObjectNode item = folder.addObject().put("name", asked.name());
        ObjectNode request = item.putObject("request").put("method", asked.method());
        ArrayNode headers = request.putArray("header");
        variable(headers, "Accept", "application/fhir+json");
        ObjectNode url = request.putObject("url");
        String path = asked.path().replaceAll("\\{([a-z]+)}", ":$1");
        url.put("raw", "{{base}}/" + path);
        url.putArray("host").add("{{base}}");
        ArrayNode segments = url.putArray("path");
        List.of(path.split("/")).stream().filter(part -> !part.isEmpty()).forEach(segments::add);
        ArrayNode query = url.putArray("query");
        asked.parameters().forEach(parameter -> variable(query, parameter.name(), "")
                .put("description", parameter.type())
                .put("disabled", true));
        if (asked.body() != Body.NONE) {
            variable(headers, "Content-Type", asked.body().contentType());
            request.putObject("body").put("mode", "raw").put("raw", asked.bodyExample());
        }
    }
}
