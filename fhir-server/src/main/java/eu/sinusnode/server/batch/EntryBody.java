package eu.sinusnode.server.batch;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.authorization.BatchEntry;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the request of an entry sends.
 *
 * @param contentType null when there is no body
 */
record EntryBody(@Nullable String contentType, byte[] bytes) {

    private static final Pattern PATCH = Pattern.compile("application/(?:json-patch\\+json|xml-patch\\+xml)");
    private static final Pattern RECORD = Pattern.compile("[A-Za-z]+/([A-Za-z0-9\\-.]{1,64})");

    /**
     * A resource is sent as JSON. A patch that is no FHIR resource stands in a Binary and is sent as what the Binary holds
     * (FHIR R4, http.html, patch).
     *
     * @param fullUrl of the entry: where it is a {@code urn:}, the parser has put it in place of the resource's id
     */
    static EntryBody of(FhirContext context, BatchEntry entry, @Nullable String fullUrl) {
        Resource resource = entry.resource();
        if (resource == null) {
            return new EntryBody(null, new byte[0]);
        }
        if (entry.method().equals("PATCH")
                && resource instanceof Binary patch
                && patch.hasContentType()
                && PATCH.matcher(patch.getContentType()).matches()) {
            return new EntryBody(patch.getContentType(), patch.hasData() ? patch.getData() : new byte[0]);
        }
        if (fullUrl != null && fullUrl.equals(resource.getIdElement().getValue())) {
            resource.setId(named(entry));
        }
        String json = context.newJsonParser().encodeResourceToString(resource);
        return new EntryBody("application/fhir+json;charset=UTF-8", json.getBytes(StandardCharsets.UTF_8));
    }

    /** As in a transaction, the URL alone says then which record an update means. */
    private static @Nullable String named(BatchEntry entry) {
        Matcher record = RECORD.matcher(entry.path());
        return entry.method().equals("PUT") && record.matches() ? record.group(1) : null;
    }
}
