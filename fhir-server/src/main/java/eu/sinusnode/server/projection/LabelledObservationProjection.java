package eu.sinusnode.server.projection;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/** Remembers which Observations carry security labels, for readers who see nothing of an Observation but its reading. */
public class LabelledObservationProjection implements Projection {

    private static final String PUT = """
            INSERT INTO sinusnode.labelled_observation (observation, patient) VALUES (?, ?)
            ON CONFLICT (observation) DO UPDATE SET patient = EXCLUDED.patient
            """;

    private static final String DELETE = "DELETE FROM sinusnode.labelled_observation WHERE observation = ?";

    private final RunningTransaction transaction;

    public LabelledObservationProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Observation observation) {
                apply(change, observation);
            }
        }
    }

    private void apply(ResourceChange change, Observation observation) {
        UUID id = ResourceIds.require("Observation", change.id());
        if (observation.getMeta().hasSecurity() && !change.isDeletion()) {
            UUID patient = ResourceIds.referenced(observation.getSubject(), "Patient")
                    .flatMap(ResourceIds::parse)
                    .orElseThrow(() -> new IllegalStateException("A labelled Observation names no Patient."));
            transaction.update(PUT, id, patient);
        } else if (change.kind() != ResourceChange.Kind.CREATED) {
            transaction.update(DELETE, id);
        }
    }
}
