package eu.sinusnode.server.apidocs;

import java.util.List;

/**
 * One request that the server answers, as tools show it.
 *
 * @param group what it is about: a resource type, or {@code System}
 * @param name what it does, e.g. {@code Read Patient}
 * @param method HTTP method
 * @param path below the FHIR base, with {@code {id}} where an id stands; empty for the base itself
 * @param parameters of the query
 * @param body what is sent
 * @param scope SMART v2 scope that covers it, without its context, e.g. {@code Patient.r}; empty when none is needed
 */
record ApiRequest(
        String group, String name, String method, String path, List<Parameter> parameters, Body body, String scope) {

    /**
     * A query parameter.
     *
     * @param type FHIR search parameter type, e.g. {@code token}
     * @param definition canonical URL of the search parameter
     */
    record Parameter(String name, String type, String definition) {}

    /** What a request carries. */
    enum Body {
        NONE("", ""),
        RESOURCE("application/fhir+json", "{\"resourceType\": \"%s\"}"),
        PARAMETERS("application/fhir+json", "{\"resourceType\": \"Parameters\", \"parameter\": []}"),
        BUNDLE("application/fhir+json", "{\"resourceType\": \"Bundle\", \"type\": \"%s\", \"entry\": []}"),
        PATCH("application/json-patch+json", "[{\"op\": \"replace\", \"path\": \"/status\", \"value\": \"\"}]");

        private final String contentType;
        private final String example;

        Body(String contentType, String example) {
            this.contentType = contentType;
            this.example = example;
        }

        String contentType() {
            return contentType;
        }

        /** @param of the resource type, or the kind of Bundle */
        String example(String of) {
            return example.formatted(of);
        }
    }

    /** An example of the body; empty without one. */
    String bodyExample() {
        return body.example(body == Body.BUNDLE ? name.toLowerCase(java.util.Locale.ROOT) : group);
    }

    /** Unique among the requests. */
    String operationId() {
        return name.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(java.util.Locale.ROOT);
    }
}
