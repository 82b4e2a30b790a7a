package eu.sinusnode.policy.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a request: never its body.
 *
 * @param requestId the X-Request-Id that the answer carries
 * @param interaction what was asked for
 * @param operation name of an operation ({@code $vital-readings}), or {@code transaction} for what was one entry of it
 * @param resourceType FHIR type in the path, or null
 * @param resourceId id in the path, or null
 * @param query the search as {@code Type?name=value&…}, of a form with its parameters after an empty line, with every value
 *     that may name a person replaced; null when it was no search
 * @param method the HTTP method that asked the query; null when there is none, and in what earlier versions kept
 * @param clientAddress network address the request came from, or null when unknown
 * @param run what a job says of its run, which concerns nobody; null when it is none
 */
public record RequestFacts(
        String requestId,
        AuditedInteraction interaction,
        @Nullable String operation,
        @Nullable String resourceType,
        @Nullable String resourceId,
        @Nullable String query,
        @Nullable String method,
        @Nullable String clientAddress,
        @Nullable List<AuditedDetail> run) {

    public RequestFacts {
        run = run == null ? null : List.copyOf(run);
    }

    /** A request that asks nothing. */
    public RequestFacts(
            String requestId,
            AuditedInteraction interaction,
            @Nullable String operation,
            @Nullable String resourceType,
            @Nullable String resourceId,
            @Nullable String clientAddress) {
        this(requestId, interaction, operation, resourceType, resourceId, null, null, clientAddress, null);
    }

    /** A request of which nothing more is known than its path. */
    public RequestFacts(
            String requestId,
            AuditedInteraction interaction,
            @Nullable String resourceType,
            @Nullable String resourceId,
            @Nullable String clientAddress) {
        this(requestId, interaction, null, resourceType, resourceId, clientAddress);
    }

    /**
     * The same request, told as another interaction: one entry of a transaction, or what an operation has written. What was
     * asked for is no part of a write (BALP names what was written alone).
     */
    public RequestFacts as(AuditedInteraction other, @Nullable String within) {
        boolean asks = !other.isWrite();
        return new RequestFacts(
                requestId,
                other,
                within,
                resourceType,
                resourceId,
                asks ? query : null,
                asks ? method : null,
                clientAddress,
                run);
    }
}
