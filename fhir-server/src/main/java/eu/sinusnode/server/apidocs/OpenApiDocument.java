package eu.sinusnode.server.apidocs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.apidocs.ApiRequest.Body;
import eu.sinusnode.server.apidocs.ApiRequest.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests as an OpenAPI 3.0.3 document (https://spec.openapis.org/oas/v3.0.3). */
final class OpenApiDocument {

    private static final Pattern IN_PATH = Pattern.compile("\\{([a-z]+)}");
    private static final Map<String, String> REFUSALS = new TreeMap<>(Map.of(
            "400", "The request is malformed",
            "401", "No valid token",
            "403", "The caller may not do this; the outcome's code says why",
            "404", "There is no such record, or none that the caller may know of",
            "422", "The resource breaks a profile or a rule; every issue is listed",
            "429", "Too many requests; Retry-After says when to come again"));

    private OpenApiDocument() {}

    /** @param authorization and {@code token} endpoints of the authorization server */
    static ObjectNode of(List<ApiRequest> requests, String baseUrl, String authorization, String token) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("openapi", "3.0.3");
        root.putObject("info")
                .put("title", "SinusNode FHIR R4 endpoint")
                .put("version", "4.0.1")
                .put(
                        "description",
                        "Made of the CapabilityStatement at " + baseUrl + "/metadata."
                                + " What a caller may do also depends on its kind, its scopes and each patient's consent.");
        root.putArray("servers").addObject().put("url", baseUrl);
        ObjectNode paths = root.putObject("paths");
        for (ApiRequest request : requests) {
            ObjectNode path = paths.withObjectProperty("/" + request.path());
            describe(path.putObject(request.method().toLowerCase(java.util.Locale.ROOT)), request);
        }
        addBundles(paths, requests);
        addComponents(root.putObject("components"), authorization, token);
        return root;
    }

    /** Two requests with one method and path are one operation in OpenAPI: batch and transaction are. */
    private static void addBundles(ObjectNode paths, List<ApiRequest> requests) {
        List<String> kinds = requests.stream()
                .filter(request -> request.body() == Body.BUNDLE)
                .map(ApiRequest::name)
                .toList();
        if (!kinds.isEmpty()) {
            ((ObjectNode) paths.path("/").path("post")).put("summary", String.join(" or ", kinds));
        }
    }

    private static void describe(ObjectNode operation, ApiRequest request) {
        operation.put("operationId", request.operationId()).put("summary", request.name());
        operation.putArray("tags").add(request.group());
        ArrayNode parameters = operation.putArray("parameters");
        Matcher inPath = IN_PATH.matcher(request.path());
        while (inPath.find()) {
            parameters
                    .addObject()
                    .put("name", inPath.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string")
                    .put("pattern", "^[A-Za-z0-9\\-.]{1,64}$");
        }
        request.parameters().forEach(parameter -> describe(parameters.addObject(), parameter));
        if (request.body() != Body.NONE) {
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject(request.body().contentType())
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/" + (request.body() == Body.PATCH ? "JsonPatch" : "Resource"));
        }
        ObjectNode responses = operation.putObject("responses");
        content(responses.putObject("2XX").put("description", "Done"));
        REFUSALS.forEach((status, words) -> content(responses.putObject(status).put("description", words)));
        ArrayNode security = operation.putArray("security");
        if (!request.path().equals("metadata")) {
            security.addObject().putArray("smart");
        }
        if (!request.scope().isEmpty()) {
            operation.put(
                    "description",
                    "Needs the scope " + request.scope() + " with the caller's context: patient/, user/ or system/.");
        }
    }

    private static void describe(ObjectNode stated, Parameter parameter) {
        stated.put("name", parameter.name())
                .put("in", "query")
                .put("description", "Search parameter of type " + parameter.type() + ": " + parameter.definition());
        stated.putObject("schema").put("type", "string");
    }

    private static void content(ObjectNode response) {
        ObjectNode content = response.putObject("content");
        for (String type : List.of("application/fhir+json", "application/fhir+xml")) {
            content.putObject(type).putObject("schema").put("$ref", "#/components/schemas/Resource");
        }
    }

    private static void addComponents(ObjectNode components, String authorization, String token) {
        ObjectNode schemas = components.putObject("schemas");
        ObjectNode resource = schemas.putObject("Resource").put("type", "object");
        resource.put("description", "A FHIR R4 resource; its profile says more");
        resource.putArray("required").add("resourceType");
        resource.putObject("properties").putObject("resourceType").put("type", "string");
        ObjectNode patch = schemas.putObject("JsonPatch").put("type", "array");
        patch.put("description", "RFC 6902");
        patch.putObject("items").put("type", "object");
        ObjectNode flows = components
                .putObject("securitySchemes")
                .putObject("smart")
                .put("type", "oauth2")
                .put("description", "SMART App Launch 2.2 and SMART Backend Services")
                .putObject("flows");
        flows.putObject("authorizationCode")
                .put("authorizationUrl", authorization)
                .put("tokenUrl", token)
                .putObject("scopes");
        flows.putObject("clientCredentials").put("tokenUrl", token).putObject("scopes");
    }
}
