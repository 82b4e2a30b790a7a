package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Relationship;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A party's link to a patient, as a CareTeam, a Coverage, a Device or a RelatedPerson states it.
 *
 * @param partyId id of the Organization, or of the RelatedPerson itself
 * @param validTo exclusive; null is open
 */
public record Membership(
        String patientId,
        String partyId,
        Relationship relationship,
        String sourceType,
        String sourceId,
        Instant validFrom,
        @Nullable Instant validTo) {}
