package eu.sinusnode.server.escalation;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.replay.AutomatedAnalysis;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is responsible next at a clinic that may have the Task and its flag. Who has withdrawn automated analysis does not want
 * its findings told.
 */
final class SignOffAudience implements Audience {

    private final ResponsibleClinics clinics;
    private final StoredRecords records;
    private final AutomatedAnalysis analysis;

    SignOffAudience(ResponsibleClinics clinics, StoredRecords records, AutomatedAnalysis analysis) {
        this.clinics = clinics;
        this.records = records;
        this.analysis = analysis;
    }

    @Override
    public Optional<String> next(TaskDue due, Task task, @Nullable String owner, Instant now) {
        if (!analysis.isOpen(due.patient().toString(), now)) {
            return Optional.empty();
        }
        return ResourceIds.referenced(task.getFocus(), "Observation")
                .flatMap(id -> records.current("Observation", id))
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .flatMap(flag ->
                        clinics.of(due.patient(), clinic -> clinic.shows(task) && clinic.shows(flag), now).stream()
                                .flatMap(clinic -> clinic.next(owner).stream())
                                .findFirst());
    }
}
