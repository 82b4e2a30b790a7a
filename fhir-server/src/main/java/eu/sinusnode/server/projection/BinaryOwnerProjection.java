package eu.sinusnode.server.projection;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Binary;

/** Remembers whose each Binary is: no search parameter indexes its security context, and an erasure has to find it. */
public class BinaryOwnerProjection implements Projection {

    private static final String INSERT =
            "INSERT INTO sinusnode.binary_owner (record, patient) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private final RunningTransaction transaction;

    public BinaryOwnerProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Binary binary && !change.isDeletion()) {
                UUID id = ResourceIds.require("Binary", change.id());
                ResourceIds.referenced(binary.getSecurityContext(), "Patient")
                        .flatMap(ResourceIds::parse)
                        .ifPresent(patient -> transaction.update(INSERT, id, patient));
            }
        }
    }
}
