package eu.sinusnode.server.lane;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code $vital-readings} call asks for.
 *
 * @param organizationId with {@code purpose}: whose permits decide
 * @param after only patients whose id sorts after this one, or null for the first range
 * @param through only patients whose id does not sort after this one, or null for no end
 * @param maxPatients how many patients at most
 * @param since only patients of whom a reading, a series of RR intervals, what rules ask for beside them or a permit changed since
 *     the answer that gave this sequence, or null for all; what is given of such a patient comes whole
 * @param at the instant at which permits must hold
 */
public record ReadingRange(
        String organizationId,
        Purpose purpose,
        Relationship relationship,
        @Nullable String after,
        @Nullable String through,
        int maxPatients,
        @Nullable Long since,
        Instant at) {}
