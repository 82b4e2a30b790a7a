package eu.sinusnode.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path relative to the FHIR base, e.g. {@code Observation/…}; empty for the base itself
 * @param body FHIR JSON to post, or null for a GET
 */
public record Call(String path, @Nullable String body) {

    public static Call get(String path) {
        return new Call(path, null);
    }

    public static Call post(String path, String body) {
        return new Call(path, body);
    }
}
