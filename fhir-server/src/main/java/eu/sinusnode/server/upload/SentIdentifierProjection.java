package eu.sinusnode.server.upload;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/**
 * Keeps which record an identifier stands for, for who brought it, and lets only one transaction store it. Who corrects a
 * record does not take it over: an identifier stays its first sender's, and a new one is of who adds it.
 */
public class SentIdentifierProjection implements Projection {

    private final SentIdentifierTable table;

    public SentIdentifierProjection(SentIdentifierTable table) {
        this.table = table;
    }

    /** @throws ResourceVersionConflictException when another record of the same sender has the identifier */
    @Override
    public void apply(List<ResourceChange> changes) {
        Map<SentRow.Named, Set<UUID>> senders = forget(changes);
        List<SentRow> only = new ArrayList<>();
        List<SentRow> others = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (!change.isDeletion()) {
                for (SentIdentifier identifier : identifiers(change)) {
                    (identifier.mustBeOnly(change.resource()) ? only : others)
                            .addAll(rows(change, identifier, senders));
                }
            }
        }
        if (table.keep(only) < only.size()) {
            throw new ResourceVersionConflictException(
                    "A record with one of these identifiers was stored at the same moment, or stands for another"
                            + " record that you have sent; send the upload again to be given that one.");
        }
        table.keep(others);
    }

    private Map<SentRow.Named, Set<UUID>> forget(List<ResourceChange> changes) {
        Set<UUID> patients = new HashSet<>();
        Set<UUID> rewritten = new HashSet<>();
        boolean observations = false;
        for (ResourceChange change : changes) {
            if (change.kind() != ResourceChange.Kind.CREATED) {
                Optional<UUID> patient =
                        SentIdentifier.patient(change.resource()).flatMap(ResourceIds::parse);
                if (patient.isPresent()) {
                    patients.add(patient.get());
                    observations |= change.resource() instanceof Observation;
                    rewritten.add(ResourceIds.require(change.resource().fhirType(), change.id()));
                }
            }
        }
        return table.forget(patients, rewritten, observations);
    }

    private static List<SentIdentifier> identifiers(ResourceChange change) {
        return SentIdentifier.of(change.resource()).stream()
                .filter(identifier -> ResourceIds.parse(identifier.patientId()).isPresent())
                .toList();
    }

    private static List<SentRow> rows(
            ResourceChange change, SentIdentifier identifier, Map<SentRow.Named, Set<UUID>> senders) {
        UUID record = ResourceIds.require(change.resource().fhirType(), change.id());
        SentRow.Key key = SentRow.Key.of(identifier);
        return senders
                .getOrDefault(new SentRow.Named(record, key.identifier()), Set.of(SentRow.number(change.sender())))
                .stream()
                .map(sender -> new SentRow(key, sender, record, identifier.isVital()))
                .toList();
    }
}
