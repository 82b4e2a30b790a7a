package eu.sinusnode.server.lane;

import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Device;

/**
 * Keeps the kind of every Device. It is applied before the readings, so that a Bundle may bring a Device and what it
 * measured.
 */
public class MeasuringDeviceProjection implements Projection {

    private static final String DELETE = "DELETE FROM sinusnode.measuring_device WHERE device = ?";
    private static final String UPSERT = """
            INSERT INTO sinusnode.measuring_device (device, kind) VALUES (?, ?::"char")
            ON CONFLICT (device) DO UPDATE SET kind = excluded.kind
            """;

    private final RunningTransaction transaction;

    public MeasuringDeviceProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Device device) {
                UUID id = ResourceIds.require("Device", change.id());
                if (change.isDeletion()) {
                    transaction.update(DELETE, id);
                } else {
                    transaction.update(
                            UPSERT, id, String.valueOf(DeviceKind.of(device).letter()));
                }
            }
        }
    }
}
