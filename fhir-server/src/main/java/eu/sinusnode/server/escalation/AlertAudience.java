package eu.sinusnode.server.escalation;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Whoever is responsible next at the clinic that treats by the plan, which may have the Task and the answers. */
final class AlertAudience implements Audience {

    private final ResponsibleClinics clinics;
    private final StoredRecords records;

    AlertAudience(ResponsibleClinics clinics, StoredRecords records) {
        this.clinics = clinics;
        this.records = records;
    }

    @Override
    public Optional<String> next(TaskDue due, Task task, @Nullable String owner, Instant now) {
        return ResourceIds.referenced(task.getRequester(), "Organization")
                .flatMap(treating -> ResourceIds.referenced(task.getFocus(), "QuestionnaireResponse")
                        .flatMap(id -> records.current("QuestionnaireResponse", id))
                        .flatMap(answers -> clinics.nextAt(
                                Set.of(treating),
                                due.patient(),
                                clinic -> clinic.shows(task) && clinic.shows(answers),
                                owner,
                                now)));
    }
}
