package eu.sinusnode.policy.authorization;

import java.util.Map;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The request that one entry of a batch stands for.
 *
 * @param path below the FHIR base, without a slash at its beginning
 * @param query as it stands behind the question mark, or null
 * @param headers the conditions of the entry, by header name
 */
public record BatchEntry(
        String method,
        String path,
        @Nullable String query,
        Map<String, String> headers,
        @Nullable Resource resource) {

    public BatchEntry {
        headers = Map.copyOf(headers);
    }
}
