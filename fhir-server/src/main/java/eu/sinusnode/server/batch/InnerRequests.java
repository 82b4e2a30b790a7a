package eu.sinusnode.server.batch;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.authorization.BatchEntry;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests through the FHIR endpoint on behalf of one that is under way, in its thread and with its token. Every step
 * decides and audits such a request as it would the single one.
 */
public final class InnerRequests {

    private static final Map<String, String> JSON = Map.of("Accept", "application/fhir+json");

    private final Servlet endpoint;
    private final FhirContext context;
    private final long mostBytes;

    /**
     * @param endpoint HAPI's servlet with all its interceptors
     * @param mostBytes of one answer
     */
    public InnerRequests(Servlet endpoint, FhirContext context, long mostBytes) {
        this.endpoint = endpoint;
        this.context = context;
        this.mostBytes = mostBytes;
    }

    /**
     * @param number of the request within the outer one; its audit is found by the outer one's id with {@code -number} behind
     * @return its content is JSON
     * @throws IllegalStateException when the answer is larger than one may be
     */
    public EntryAnswer send(ServletRequestDetails outer, BatchEntry entry, int number) {
        return send(outer, entry, number, Map.of());
    }

    /** @param attributes what this server vouches for, which no client can set */
    public EntryAnswer send(ServletRequestDetails outer, BatchEntry entry, int number, Map<String, Object> attributes) {
        try {
            EntryRequest request = new EntryRequest(
                    outer.getServletRequest(),
                    entry,
                    EntryBody.of(context, entry, null),
                    outer.getRequestId() + "-" + number,
                    JSON);
            attributes.forEach(request::setAttribute);
            EntryResponse response = new EntryResponse(outer.getServletResponse(), mostBytes);
            endpoint.service(request, response);
            if (response.content().isOver()) {
                throw new IllegalStateException("The answer to " + entry.method() + " is too large.");
            }
            return EntryAnswer.of(response, outer.getFhirServerBase());
        } catch (ServletException | IOException e) {
            throw new IllegalStateException("A request within another one failed.", e);
        }
    }

    /**
     * @param fullUrl of an entry of a Bundle
     * @param room bytes that the answer may have
     */
    EntryResponse send(
            ServletRequestDetails outer,
            BatchEntry entry,
            @Nullable String fullUrl,
            String id,
            Map<String, String> headers,
            long room)
            throws ServletException, IOException {
        EntryResponse response = new EntryResponse(outer.getServletResponse(), room);
        endpoint.service(
                new EntryRequest(outer.getServletRequest(), entry, EntryBody.of(context, entry, fullUrl), id, headers),
                response);
        return response;
    }
}
