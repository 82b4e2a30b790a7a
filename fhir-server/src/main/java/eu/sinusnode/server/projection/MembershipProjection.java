package eu.sinusnode.server.projection;

import eu.sinusnode.policy.narrowing.MembershipExtractor;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Replaces the memberships of every CareTeam, Coverage, Device and RelatedPerson that a transaction stores. */
public class MembershipProjection implements Projection {

    private static final Set<String> STATE_LINKS = Set.of("CareTeam", "Coverage", "Device", "RelatedPerson");
    private static final String DELETE = "DELETE FROM sinusnode.membership WHERE source = ? AND source_type = ?";
    private static final String INSERT = """
            INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from,
                valid_to)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private final RunningTransaction transaction;
    private final MembershipExtractor extractor;

    public MembershipProjection(RunningTransaction transaction, MembershipExtractor extractor) {
        this.transaction = transaction;
        this.extractor = extractor;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (STATE_LINKS.contains(change.resource().fhirType())) {
                String type = change.resource().fhirType();
                UUID id = ResourceIds.require(type, change.id());
                transaction.update(DELETE, id, type);
                if (!change.isDeletion()) {
                    transaction.batch(INSERT, extractor.extract(change.resource()), membership -> new Object[] {
                        ResourceIds.require("the " + type + "'s Patient", membership.patientId()),
                        ResourceIds.require("whom the " + type + " links", membership.partyId()),
                        membership.relationship().name(),
                        type,
                        id,
                        Validity.from(membership.validFrom()),
                        Validity.to(membership.validTo())
                    });
                }
            }
        }
    }
}
