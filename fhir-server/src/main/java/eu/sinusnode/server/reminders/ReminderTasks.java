package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Reminders as Tasks, in the running transaction. */
final class ReminderTasks {

    private final DaoRegistry daos;
    private final TaskCopies copies;

    ReminderTasks(DaoRegistry daos, TaskCopies copies) {
        this.daos = daos;
        this.copies = copies;
    }

    /** Asks the patients; what is over already is recorded as not told. */
    void make(List<PlannedReminder> reminders, Instant now) {
        List<PlannedReminder> fresh =
                reminders.stream().filter(reminder -> !reminder.known()).toList();
        reminders.stream().filter(PlannedReminder::known).forEach(reminder -> store(told(reminder, now)));
        copies.store(fresh, now).forEach(this::store);
    }

    private void store(Task task) {
        tasks().update(task, new SystemRequestDetails());
    }

    static Task told(PlannedReminder reminder, Instant now) {
        Task task = task(reminder, now);
        if (!reminder.until().isAfter(now)) {
            task.setStatus(TaskStatus.FAILED).setStatusReason(detail(Codes.REMINDER_NOT_TOLD));
        }
        return task;
    }

    /**
     * Whether the server has taken back a reminder before the patient was told. One that was told is not made again, though by another clock
     * its time comes a second time; nor is one that was deleted.
     */
    boolean isTakenBack(UUID id) {
        return stored(id)
                .filter(task -> task.getStatus() == TaskStatus.CANCELLED)
                .map(task -> task.getStatusReason().getCodingFirstRep().getCode())
                .filter(Codes.REMINDER_PLAN_CHANGED::equals)
                .isPresent();
    }

    private Optional<Task> stored(UUID id) {
        try {
            return Optional.of(tasks().read(new IdType("Task", id.toString()), new SystemRequestDetails()));
        } catch (ResourceNotFoundException | ResourceGoneException none) {
            return Optional.empty();
        }
    }

    private static Task task(PlannedReminder reminder, Instant now) {
        Task task = new Task();
        task.setId(new IdType("Task", reminder.id().toString()));
        task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.INSTANCEORDER);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_REMINDER, null)));
        task.setDescription(reminder.name());
        task.addBasedOn(new Reference("CarePlan/" + reminder.plan()));
        task.setFocus(new Reference(reminder.record()));
        Reference patient = new Reference("Patient/" + reminder.patient());
        task.setFor(patient).setOwner(patient.copy());
        task.setAuthoredOn(Date.from(now)).setLastModified(Date.from(now));
        task.getRestriction()
                .setPeriod(new Period().setStart(Date.from(reminder.due())).setEnd(Date.from(reminder.until())));
        task.addInput().setType(detail(Codes.PLANNED_TIME)).setValue(new DateTimeType(Date.from(reminder.planned())));
        return task;
    }

    /** The plan asks for it no more. */
    void cancel(UUID id, Instant now) {
        end(id, TaskStatus.CANCELLED, Codes.REMINDER_PLAN_CHANGED, now);
    }

    /** Its time is over and nobody has answered. */
    void expire(UUID id, Instant now) {
        end(id, TaskStatus.FAILED, Codes.REMINDER_NOT_ANSWERED, now);
    }

    private void end(UUID id, TaskStatus status, String reason, Instant now) {
        stored(id).filter(task -> task.getStatus() == TaskStatus.REQUESTED).ifPresent(task -> {
            task.setStatus(status).setStatusReason(detail(reason)).setLastModified(Date.from(now));
            store(task);
        });
    }

    private static CodeableConcept detail(String code) {
        return new CodeableConcept(new Coding(Canonicals.REMINDER_DETAILS, code, null));
    }

    private IFhirResourceDao<Task> tasks() {
        return daos.getResourceDao(Task.class);
    }
}
