package eu.sinusnode.server.lane;

import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/** Keeps the readings of every Observation that a transaction stores. */
public class VitalReadingProjection implements Projection {

    private final VitalReadingTable table;

    public VitalReadingProjection(VitalReadingTable table) {
        this.table = table;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        List<UUID> replaced = new ArrayList<>();
        List<VitalReading> readings = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Observation observation) {
                // What was created now has no readings yet; the delete is for the others alone.
                if (change.kind() != ResourceChange.Kind.CREATED) {
                    Optional<UUID> id = ResourceIds.parse(change.id());
                    id.ifPresent(replaced::add);
                }
                if (!change.isDeletion()) {
                    readings.addAll(VitalReadings.of(observation));
                }
            }
        }
        table.delete(replaced);
        table.insert(readings);
    }
}
