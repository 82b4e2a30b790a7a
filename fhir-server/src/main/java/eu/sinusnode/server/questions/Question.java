package eu.sinusnode.server.questions;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.triage.Triage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * A question on its way to a clinic: what the patient said, and the Task that asks for an answer. Their ids are made of the
 * sender's request id, so that one that is sent again is found.
 */
final class Question {

    static final String DESCRIPTION = "A patient asks";

    private final UUID patient;
    private final AskRequest asked;
    private final Caller caller;
    private final Instant now;
    private final UUID id;

    Question(UUID patient, AskRequest asked, Caller caller, Instant now) {
        this.patient = patient;
        this.asked = asked;
        this.caller = caller;
        this.now = now;
        this.id = asked.request() == null ? UUID.randomUUID() : named("question " + patient + " " + asked.request());
    }

    UUID patient() {
        return patient;
    }

    String messageId() {
        return id.toString();
    }

    String taskId() {
        return named("task of question " + id).toString();
    }

    /** Whether what is stored under its id is this question. */
    boolean isSame(Communication stored) {
        return stored.getPayloadFirstRep().getContent() instanceof StringType text
                && asked.text().equals(text.getValue());
    }

    Communication message(String organization) {
        Communication message = new Communication();
        message.setId(messageId());
        message.setStatus(CommunicationStatus.COMPLETED)
                .setSubject(new Reference("Patient/" + patient))
                .setSender(sender())
                .addRecipient(new Reference("Organization/" + organization))
                .setSent(Date.from(now));
        asked.complaints()
                .forEach(complaint ->
                        message.addReasonCode(new CodeableConcept(new Coding(Codes.SNOMED, complaint.code(), null))));
        message.addPayload().setContent(new StringType(asked.text()));
        return message;
    }

    /** What the context is of stands in what is referred to, for whoever may read it. */
    Task task(String organization, RiskContext context) {
        Task task = new Task();
        task.setId(taskId());
        task.setStatus(TaskStatus.REQUESTED)
                .setIntent(TaskIntent.ORDER)
                .setPriority(Triage.of(
                                asked.complaints(),
                                !context.severe().isEmpty(),
                                !context.flags().isEmpty())
                        .priority())
                .setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.PATIENT_QUESTION, null)))
                .setDescription(DESCRIPTION)
                .setFocus(new Reference("Communication/" + messageId()))
                .setFor(new Reference("Patient/" + patient))
                .setRequester(sender())
                .setOwner(new Reference("Organization/" + organization))
                .setAuthoredOn(Date.from(now))
                .setLastModified(Date.from(now));
        Stream.concat(context.severe().stream(), context.flags().stream()).forEach(observation -> task.addInput()
                .setType(new CodeableConcept().setText("risk context"))
                .setValue(new Reference("Observation/" + observation)));
        context.missing().forEach(what -> task.addInput()
                .setType(new CodeableConcept().setText("not computable"))
                .setValue(new StringType(what)));
        return task;
    }

    private Reference sender() {
        return new Reference(Objects.requireNonNull(caller.fhirUser()));
    }

    private static UUID named(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
