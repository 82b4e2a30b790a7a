package eu.sinusnode.server.lane;

import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/** Keeps the readings of every Observation that a transaction stores, and which of them have none. */
public class VitalReadingProjection implements Projection {

    private final VitalReadingTable table;
    private final WithoutReadingTable withoutReading;

    public VitalReadingProjection(VitalReadingTable table, WithoutReadingTable withoutReading) {
        this.table = table;
        this.withoutReading = withoutReading;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        List<UUID> replaced = new ArrayList<>();
        List<VitalReading> readings = new ArrayList<>();
        List<WithoutReading> others = new ArrayList<>();
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Observation observation) {
                // What was created now has no readings yet; the delete is for the others alone.
                if (change.kind() != ResourceChange.Kind.CREATED) {
                    Optional<UUID> id = ResourceIds.parse(change.id());
                    id.ifPresent(replaced::add);
                }
                if (!change.isDeletion()) {
                    List<VitalReading> taken = VitalReadings.of(observation);
                    readings.addAll(taken);
                    others.addAll(WithoutReading.of(observation, taken));
                }
            }
        }
        table.delete(replaced);
        table.insert(readings);
        withoutReading.delete(replaced);
        withoutReading.insert(others);
    }
}
