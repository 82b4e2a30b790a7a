package eu.sinusnode.server.replay;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.api.model.DaoMethodOutcome;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** Tasks of code {@code risk-replay}, made in the transaction that is running. */
class ReplayTasks {

    /** Identifier system of a replay: which version of which flag. */
    static final String IDENTIFIER = "https://sinusnode.eu/sid/risk-replay";

    private static final String WITHHELD =
            "The patient's Consents open nothing to automated analysis now: the inputs cannot be read again.";

    private final IFhirResourceDao<Task> tasks;

    ReplayTasks(DaoRegistry daos) {
        this.tasks = daos.getResourceDao(Task.class);
    }

    /** The open Task for that version of the flag; it is made when there is none. */
    AuditedRecord open(IdType flag, String patientId, String clinician, Instant now) {
        String value = flag.getIdPart() + "." + flag.getVersionIdPart();
        Task task = new Task();
        task.addIdentifier().setSystem(IDENTIFIER).setValue(value);
        task.setStatus(TaskStatus.REQUESTED).setIntent(TaskIntent.ORDER);
        task.setCode(code());
        task.setFocus(new Reference(flag.toUnqualified().getValue()));
        task.setFor(new Reference("Patient/" + patientId));
        task.setAuthoredOn(Date.from(now));
        task.setRequester(new Reference(clinician));
        DaoMethodOutcome outcome = tasks.create(
                task, "Task?identifier=" + IDENTIFIER + "|" + value + "&status=requested", new SystemRequestDetails());
        return record(patientId, outcome.getId());
    }

    /** Answers an open Task: its inputs are withheld from the job, which does not even see the Task. */
    AuditedRecord withhold(AuditedRecord open, String patientId, Instant now) {
        SystemRequestDetails system = new SystemRequestDetails();
        Task task = tasks.read(new IdType("Task", Objects.requireNonNull(open.id())), system);
        task.setStatus(TaskStatus.COMPLETED).setLastModified(Date.from(now));
        task.addOutput()
                .setType(code())
                .setValue(new CodeableConcept(new Coding(Canonicals.REPLAY_OUTCOMES, Codes.REPLAY_NOT_POSSIBLE, null)));
        task.addOutput().setType(code()).setValue(new StringType(WITHHELD));
        return record(patientId, tasks.update(task, system).getId());
    }

    private static CodeableConcept code() {
        return new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.RISK_REPLAY, null));
    }

    private static AuditedRecord record(String patientId, IIdType stored) {
        return new AuditedRecord(patientId, "Task", stored.getIdPart(), stored.getVersionIdPart());
    }
}
