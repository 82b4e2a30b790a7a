package eu.sinusnode.server.attack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with placeholders such as {@code «patient»} in it.
 *
 * @param feature what of FHIR it tries, for the report
 * @param path below the FHIR base, encoded but for the placeholders
 * @param body as it is, or as a form when {@code form} is set; null when there is none
 */
record Template(
        String feature,
        String method,
        String path,
        List<Map.Entry<String, String>> headers,
        @Nullable String body,
        boolean form) {

    Template {
        headers = List.copyOf(headers);
    }

    static Template get(String feature, String path, List<Map.Entry<String, String>> headers) {
        return new Template(feature, "GET", path, headers, null, false);
    }

    static Template send(
            String feature,
            String method,
            String path,
            List<Map.Entry<String, String>> headers,
            @Nullable String body) {
        return new Template(feature, method, path, headers, body, false);
    }

    /** Without a placeholder it is the same request in every world and proves nothing. */
    boolean differsByWorld() {
        return path.contains("«")
                || (body != null && body.contains("«"))
                || headers.toString().contains("«");
    }

    /** One line for the report. */
    String line() {
        return method + " " + path + (headers.isEmpty() ? "" : " " + headers) + (body == null ? "" : "\n    " + body);
    }
}
