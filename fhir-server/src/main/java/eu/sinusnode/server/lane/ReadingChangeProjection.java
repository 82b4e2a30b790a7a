package eu.sinusnode.server.lane;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Projection;
import eu.sinusnode.server.projection.ResourceChange;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Observation;

/**
 * Keeps, for readers of changes, what the readings themselves do not show: that a series of RR intervals came or changed,
 * and that an Observation lost its readings.
 */
public class ReadingChangeProjection implements Projection {

    private static final String UPSERT = """
            INSERT INTO sinusnode.reading_change (observation, patient, change_sequence)
            VALUES (?, ?, pg_current_xact_id()::text::bigint)
            ON CONFLICT (observation) DO UPDATE
                SET patient = excluded.patient, change_sequence = excluded.change_sequence
            """;

    private final RunningTransaction transaction;

    public ReadingChangeProjection(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void apply(List<ResourceChange> changes) {
        for (ResourceChange change : changes) {
            if (change.resource() instanceof Observation observation
                    && (isSeries(observation) || hasLostReadings(change, observation))) {
                Optional<UUID> patient = ResourceIds.referenced(observation.getSubject(), "Patient")
                        .flatMap(ResourceIds::parse);
                Optional<UUID> id = ResourceIds.parse(change.id());
                if (patient.isPresent() && id.isPresent()) {
                    transaction.update(UPSERT, id.get(), patient.get());
                }
            }
        }
    }

    private static boolean isSeries(Observation observation) {
        return observation.getCode().getCoding().stream()
                .anyMatch(coding -> Canonicals.OBSERVATION_CODES.equals(coding.getSystem())
                        && Codes.RR_INTERVAL_SERIES.equals(coding.getCode()));
    }

    /** It may have had some before: whether it had is not worth a look. */
    private static boolean hasLostReadings(ResourceChange change, Observation observation) {
        return switch (change.kind()) {
            case CREATED -> false;
            case UPDATED ->
                isVital(observation) && VitalReadings.of(observation).isEmpty();
            case DELETED -> isVital(observation);
        };
    }

    private static boolean isVital(Observation observation) {
        return !VitalCode.of(observation.getCode()).isEmpty();
    }
}
