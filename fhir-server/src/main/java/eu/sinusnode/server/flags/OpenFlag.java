package eu.sinusnode.server.flags;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/**
 * A risk flag, or a summary, that nobody has decided on and that still holds.
 *
 * @param identifier {@code Identifier.value} under {@link Canonicals#RISK_FLAG_IDENTIFIER}
 */
record OpenFlag(UUID patient, String identifier, UUID observation) {

    private static final Set<ObservationStatus> OPEN =
            EnumSet.of(ObservationStatus.PRELIMINARY, ObservationStatus.REGISTERED);

    /** Empty for what is no flag, or is not open. */
    static List<OpenFlag> of(Observation observation, UUID id) {
        Optional<UUID> patient =
                ResourceIds.referenced(observation.getSubject(), "Patient").flatMap(ResourceIds::parse);
        if (patient.isEmpty() || !OPEN.contains(observation.getStatus())) {
            return List.of();
        }
        return observation.getIdentifier().stream()
                .filter(identifier -> Canonicals.RISK_FLAG_IDENTIFIER.equals(identifier.getSystem()))
                .filter(Identifier::hasValue)
                .map(identifier -> new OpenFlag(patient.get(), identifier.getValue(), id))
                .distinct()
                .toList();
    }
}
