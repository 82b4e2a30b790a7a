package eu.sinusnode.server.population;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * For whom and at which instant a search is narrowed.
 *
 * @param linked whether a patient must be linked to the organization
 */
public record Recipient(UUID organization, String purpose, String relationship, boolean linked, OffsetDateTime at) {

    /** Empty for who reaches no patients by their permits alone. */
    static Optional<Recipient> of(Caller caller, Instant at) {
        Relationship relationship = caller.kind().relationship();
        boolean byPermits =
                switch (relationship) {
                    case CARE_TEAM, COVERAGE, NONE_NEEDED -> true;
                    case SELF, REPRESENTATIVE, DEVICE, NO_RECORDS -> false;
                };
        return ResourceIds.parse(caller.organizationId())
                .filter(organization -> byPermits)
                .map(organization -> new Recipient(
                        organization,
                        caller.purpose().name(),
                        relationship.name(),
                        relationship != Relationship.NONE_NEEDED,
                        at.atOffset(ZoneOffset.UTC)));
    }
}
