package eu.sinusnode.server.upload;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/** Keeps which Observation a vital identifier stands for, and lets only one transaction store it. */
public class VitalIdentifierProjection implements Projection {

    private final VitalIdentifierTable table;

    public VitalIdentifierProjection(VitalIdentifierTable table) {
        this.table = table;
    }

    /** @throws ResourceVersionConflictException when another Observation of the patient has the identifier */
    @Override
    public void apply(List<ResourceChange> changes) {
        Set<UUID> patients = new HashSet<>();
        Set<UUID> rewritten = new HashSet<>();
        List<Map.Entry<VitalIdentifier, UUID>> kept = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Observation observation) {
                UUID id = ResourceIds.require("Observation", change.id());
                List<VitalIdentifier> identifiers = VitalIdentifier.of(observation);
                if (change.kind() != ResourceChange.Kind.CREATED) {
                    rewritten.add(id);
                    ResourceIds.referenced(observation.getSubject(), "Patient")
                            .flatMap(ResourceIds::parse)
                            .ifPresent(patients::add);
                }
                if (!change.isDeletion()) {
                    identifiers.forEach(identifier -> kept.add(Map.entry(identifier, id)));
                }
            }
        }
        table.forget(patients, rewritten);
        if (table.keep(kept) < kept.size()) {
            throw new ResourceVersionConflictException(
                    "A vital with one of these identifiers was stored at the same moment, or stands for another"
                            + " Observation of the patient; send the upload again to be given that one.");
        }
    }
}
