package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Relationship;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An organization's link to a patient, as a CareTeam or a Coverage states it. {@code validTo} is exclusive; null is open. */
public record Membership(
        String patientId,
        String organizationId,
        Relationship relationship,
        String sourceType,
        String sourceId,
        Instant validFrom,
        @Nullable Instant validTo) {}
