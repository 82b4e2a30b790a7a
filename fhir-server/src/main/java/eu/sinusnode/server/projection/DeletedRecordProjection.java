package eu.sinusnode.server.projection;

import eu.sinusnode.policy.narrowing.RecordOwners;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;

/**
 * Remembers whose each deleted record was: the storage forgets it with the record's links, and the history of a type has
 * to know where to look. What it finds there is decided version by version.
 */
public class DeletedRecordProjection implements Projection {

    private static final String INSERT = """
            INSERT INTO sinusnode.deleted_record (resource_type, record, patient) VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """;

    private final RunningTransaction transaction;

    public DeletedRecordProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.isDeletion()) {
                String type = change.resource().fhirType();
                UUID id = ResourceIds.require(type, change.id());
                patient(change.resource()).ifPresent(patient -> transaction.update(INSERT, type, id, patient));
            }
        }
    }

    /** Empty for what is nobody's. */
    private static Optional<UUID> patient(Resource deleted) {
        List<UUID> patients = RecordOwners.ownerReferences(deleted).stream()
                .flatMap(owner -> ResourceIds.referenced(owner, "Patient").stream())
                .flatMap(id -> ResourceIds.parse(id).stream())
                .distinct()
                .toList();
        return patients.size() == 1 ? Optional.of(patients.get(0)) : Optional.empty();
    }
}
