package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One compiled consent rule: patient P permits organization O to use records of a type (and code) for a purpose, from one
 * instant until another. The permit table holds these and is the only authority.
 *
 * @param provision where in the Consent the rule stands, e.g. {@code provision.provision[1]}
 * @param organizationId id of the Organization that may use the records
 * @param resourceType FHIR type the rule is limited to, or null for every type
 * @param codeSystem with {@code code}: the Observation code the rule is limited to, or null for every code
 * @param validTo exclusive, or null for open
 */
public record Permit(
        String patientId,
        String consentId,
        long consentVersion,
        String provision,
        String organizationId,
        Purpose purpose,
        @Nullable String resourceType,
        @Nullable String codeSystem,
        @Nullable String code,
        Instant validFrom,
        @Nullable Instant validTo) {}
