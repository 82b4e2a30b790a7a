package eu.sinusnode.policy.audit;

import org.jspecify.annotations.Nullable;

/**
 * What the audit keeps of a request: never its body, and never its query, whose values may name a person.
 *
 * @param requestId the X-Request-Id that the answer carries
 * @param interaction what was asked for
 * @param resourceType FHIR type in the path, or null
 * @param resourceId id in the path, or null
 * @param clientAddress network address the request came from, or null when unknown
 */
public record RequestFacts(
        String requestId,
        AuditedInteraction interaction,
        @Nullable String resourceType,
        @Nullable String resourceId,
        @Nullable String clientAddress) {}
