package eu.sinusnode.server.signoff;

import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * What a decision makes of a flag and its Task.
 *
 * @param clinician {@code Practitioner/[id]}
 */
record SignOff(SignOffRequest asked, String clinician, Instant now) {

    private static final Set<TaskStatus> CLOSED = EnumSet.of(
            TaskStatus.COMPLETED,
            TaskStatus.CANCELLED,
            TaskStatus.REJECTED,
            TaskStatus.FAILED,
            TaskStatus.ENTEREDINERROR);
    private static final Set<ObservationStatus> OPEN =
            EnumSet.of(ObservationStatus.PRELIMINARY, ObservationStatus.REGISTERED);

    /** @throws eu.sinusnode.policy.access.ProblemException when the Task asks for no decision on this flag any more */
    void demandOpen(Task task) {
        boolean signOff = task.getCode().getCoding().stream()
                .anyMatch(coding ->
                        Canonicals.TASK_CODES.equals(coding.getSystem()) && Codes.SIGN_OFF.equals(coding.getCode()));
        String focus =
                task.getFocus().getReferenceElement().toUnqualifiedVersionless().getValue();
        if (!signOff || !asked.flag().toVersionless().getValue().equals(focus)) {
            throw Denials.problem(
                    RequestProblem.SIGN_OFF_REQUEST, "the Task does not ask for a decision on the flag that is named");
        }
        if (CLOSED.contains(task.getStatus())) {
            throw changed("the Task is closed");
        }
    }

    /** @throws eu.sinusnode.policy.access.ProblemException when it is not the version that was looked at, or decided on */
    void demandOpen(Observation flag) {
        if (!OPEN.contains(flag.getStatus())) {
            throw changed("the flag has been decided on or cancelled");
        }
        if (!asked.flag().getVersionIdPart().equals(flag.getIdElement().getVersionIdPart())) {
            throw changed("the flag has changed since it was looked at");
        }
    }

    private static RuntimeException changed(String what) {
        return Denials.problem(RequestProblem.SIGN_OFF_STATE, what);
    }

    /** Both are stored in the versions that were read, or neither. */
    Bundle transaction(Observation flag, Task task) {
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        update(transaction, decided(flag));
        update(transaction, closed(task));
        return transaction;
    }

    private static void update(Bundle transaction, Resource record) {
        IdType id = record.getIdElement();
        transaction
                .addEntry()
                .setResource(record)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(id.toUnqualifiedVersionless().getValue())
                .setIfMatch("W/\"" + id.getVersionIdPart() + "\"");
    }

    private Observation decided(Observation flag) {
        Observation decided = flag.copy();
        decided.setStatus(asked.decision().status());
        decided.addPerformer(new Reference(clinician));
        String reason = asked.reason();
        decided.addNote(new Annotation()
                .setAuthor(new Reference(clinician))
                .setTime(Date.from(now))
                .setText(asked.decision().words() + (reason == null ? "" : " " + reason)));
        return decided;
    }

    private Task closed(Task task) {
        Task closed = task.copy();
        closed.setStatus(TaskStatus.COMPLETED);
        closed.setOwner(new Reference(clinician));
        closed.setLastModified(Date.from(now));
        if (asked.reason() != null) {
            closed.setStatusReason(new CodeableConcept().setText(asked.reason()));
        }
        closed.addOutput()
                .setType(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.SIGN_OFF, null)))
                .setValue(new CodeableConcept(new Coding(
                        Canonicals.SIGN_OFF_DECISIONS, asked.decision().code(), null)));
        return closed;
    }
}
