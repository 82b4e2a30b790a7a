package eu.sinusnode.server.escalation;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Whoever is responsible next at the clinic that was asked, which may have the Task and the question. */
final class QuestionAudience implements Audience {

    private final ResponsibleClinics clinics;
    private final StoredRecords records;

    QuestionAudience(ResponsibleClinics clinics, StoredRecords records) {
        this.clinics = clinics;
        this.records = records;
    }

    @Override
    public Optional<String> next(TaskDue due, Task task, @Nullable String owner, Instant now) {
        return Optional.ofNullable(due.question())
                .flatMap(question -> records.current("Communication", question.toString()))
                .map(Communication.class::cast)
                .flatMap(question -> clinics.nextAt(
                        asked(question),
                        due.patient(),
                        clinic -> clinic.shows(task) && clinic.shows(question),
                        owner,
                        now));
    }

    /** Ids of Organizations. */
    private static Set<String> asked(Communication question) {
        return question.getRecipient().stream()
                .flatMap(recipient -> ResourceIds.referenced(recipient, "Organization").stream())
                .collect(Collectors.toSet());
    }
}
