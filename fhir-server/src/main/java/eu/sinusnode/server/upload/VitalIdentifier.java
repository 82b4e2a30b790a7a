package eu.sinusnode.server.upload;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.projection.ResourceIds;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;

/**
 * By what a patient's vital is known.
 *
 * @param value {@code Identifier.value} under {@link Canonicals#VITAL_IDENTIFIER}
 */
public record VitalIdentifier(UUID patient, String value) {

    /** Empty when the Observation has none, or belongs to a patient who is created only with it. */
    public static List<VitalIdentifier> of(Observation observation) {
        Optional<UUID> patient =
                ResourceIds.referenced(observation.getSubject(), "Patient").flatMap(ResourceIds::parse);
        if (patient.isEmpty()) {
            return List.of();
        }
        return observation.getIdentifier().stream()
                .filter(identifier -> Canonicals.VITAL_IDENTIFIER.equals(identifier.getSystem()))
                .filter(Identifier::hasValue)
                .map(identifier -> new VitalIdentifier(patient.get(), identifier.getValue()))
                .distinct()
                .toList();
    }

    /** As a client would write it into If-None-Exist. */
    String condition() {
        return "identifier=" + Canonicals.VITAL_IDENTIFIER + "|" + value;
    }
}
