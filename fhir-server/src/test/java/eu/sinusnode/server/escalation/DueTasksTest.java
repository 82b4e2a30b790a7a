package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.configuration.QuestionProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Until when questions and alerts wait, and what ends it. */
class DueTasksTest {

    private static final UUID ID = UUID.fromString("4b1f0d3e-6f2a-4b7e-9f0e-5f7d3f1f2a10");
    private static final UUID PATIENT = UUID.fromString("5c7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20");
    private static final UUID QUESTION = UUID.fromString("6d7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e30");
    private static final UUID ANSWER = UUID.fromString("7e7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e40");
    private static final Instant ASKED = Instant.parse("2026-11-28T22:40:07.314Z");
    private static final Instant NOW = Instant.parse("2026-11-29T06:40:30Z");
    private static final DueTasks DUE_TASKS =
            new DueTasks(new QuestionProperties(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(8)));

    private static Task task() {
        Task task = new Task();
        task.setStatus(TaskStatus.REQUESTED).setPriority(TaskPriority.URGENT);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.PATIENT_QUESTION, null)));
        task.setFocus(new Reference("Communication/" + QUESTION)).setFor(new Reference("Patient/" + PATIENT));
        task.setOwner(new Reference("Organization/o"));
        task.setAuthoredOn(Date.from(ASKED));
        return task;
    }

    @ParameterizedTest
    @CsvSource({
        "STAT, 2026-11-28T22:50:07Z",
        "ASAP, 2026-11-28T23:40:07Z",
        "URGENT, 2026-11-29T06:40:07Z",
        // None of the house's making; the longest of the times is one, too.
        "ROUTINE, 2026-11-29T06:40:07Z",
        ", 2026-11-29T06:40:07Z"
    })
    void whatIsMoreUrgentIsDueSooner(@Nullable TaskPriority priority, Instant due) {
        assertThat(DUE_TASKS.of(task().setPriority(priority), ID))
                .contains(new TaskDue(ID, PATIENT, TaskKind.QUESTION, due, QUESTION));
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, true",
        "REQUESTED, true",
        "RECEIVED, true",
        "READY, true",
        "ACCEPTED, false",
        "INPROGRESS, false",
        "ONHOLD, false",
        "COMPLETED, false",
        "CANCELLED, false",
        "REJECTED, false",
        "FAILED, false",
        "ENTEREDINERROR, false"
    })
    void whatSomebodyHasTakenUpWaitsNoLonger(TaskStatus status, boolean waits) {
        assertThat(DUE_TASKS.of(task().setStatus(status), ID).isPresent()).isEqualTo(waits);
    }

    private static Task alert() {
        return task().setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_ALERT, null)))
                .setFocus(new Reference("QuestionnaireResponse/" + QUESTION));
    }

    @ParameterizedTest
    @CsvSource({"STAT, 2026-11-28T22:50:07Z", "ASAP, 2026-11-28T23:40:07Z", "URGENT, 2026-11-29T06:40:07Z"})
    void anAlertOfAnswersIsDueAsAQuestionIs(TaskPriority priority, Instant due) {
        assertThat(DUE_TASKS.of(alert().setPriority(priority), ID))
                .contains(new TaskDue(ID, PATIENT, TaskKind.ALERT, due, null));
        assertThat(DUE_TASKS.of(alert().setStatus(TaskStatus.ACCEPTED), ID)).isEmpty();
    }

    /** Of a programme that is applied: the clinician who applied it has it in front. */
    @Test
    void anAlertThatIsOfNoAnswersWaitsForNobody() {
        assertThat(DUE_TASKS.of(alert().setFocus(null), ID)).isEmpty();
        assertThat(DUE_TASKS.of(alert().setFocus(new Reference("Observation/" + QUESTION)), ID))
                .isEmpty();
    }

    @Test
    void whatIsSaidOfAnAlertPromisesThePatientNothing() {
        Task escalated = Escalation.of(alert(), TaskKind.ALERT, ASKED, "Practitioner/p", NOW);

        assertThat(escalated.getPriority()).isEqualTo(TaskPriority.ASAP);
        assertThat(escalated.getBusinessStatus().getCodingFirstRep())
                .extracting(Coding::getSystem, Coding::getCode)
                .containsExactly(Canonicals.ALERT_STATES, "escalated");
        assertThat(escalated.getNote())
                .extracting(note -> note.getText())
                .containsExactly(
                        "Diese Antworten hat bisher niemand übernommen. Sie gehen jetzt noch einmal an die Praxis oder"
                                + " Klinik. Wann jemand antwortet, ist damit nicht gesagt. Dies ist kein Notdienst: Rufen"
                                + " Sie im Notfall 112.",
                        "Nobody has taken up these answers yet. They go to the clinic once more now. That does not say"
                                + " when somebody answers. This is no emergency service: in an emergency call 112.");
    }

    @Test
    void aDeadlineOfSignOffsSaysNothingOfAQuestion() {
        Task task = task();
        task.getRestriction().getPeriod().setEnd(Date.from(ASKED.plusSeconds(1)));
        assertThat(DUE_TASKS.of(task, ID).orElseThrow().due()).isEqualTo(Instant.parse("2026-11-29T06:40:07Z"));
        assertThat(DUE_TASKS.of(task().setAuthoredOn(null), ID)).isEmpty();
        assertThat(DUE_TASKS.of(task().setFor(null), ID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Practitioner/p, COMPLETED, true",
        "PractitionerRole/p, COMPLETED, true",
        "Organization/o, COMPLETED, true",
        "Patient/p, COMPLETED, false",
        "RelatedPerson/p, COMPLETED, false",
        "Device/d, COMPLETED, false",
        "Practitioner/p, PREPARATION, false",
        "Practitioner/p, INPROGRESS, false",
        "Practitioner/p, NOTDONE, false",
        "Practitioner/p, ENTEREDINERROR, false"
    })
    void whatAClinicHasSentIsAnAnswer(String sender, CommunicationStatus status, boolean answers) {
        Communication message = new Communication();
        message.setId("Communication/" + ANSWER + "/_history/1");
        message.setStatus(status).setSender(new Reference(sender));
        assertThat(AnsweredQuestion.of(message)).as("to nothing").isEmpty();

        message.addInResponseTo(new Reference("Communication/" + QUESTION));
        message.addInResponseTo(new Reference().setDisplay("what was said by phone"));
        if (answers) {
            assertThat(AnsweredQuestion.of(message)).containsExactly(new AnsweredQuestion(QUESTION, ANSWER));
        } else {
            assertThat(AnsweredQuestion.of(message)).isEmpty();
        }
    }

    @Test
    void whatItSaysPromisesThePatientNothing() {
        Task escalated = Escalation.of(task(), TaskKind.QUESTION, ASKED, "Practitioner/p", NOW);

        assertThat(escalated.getPriority()).isEqualTo(TaskPriority.ASAP);
        assertThat(escalated.getOwner().getReference()).isEqualTo("Practitioner/p");
        assertThat(escalated.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(escalated.getAuthoredOn().toInstant()).isEqualTo(Instant.parse("2026-11-28T22:40:07Z"));
        assertThat(escalated.hasRestriction()).isFalse();
        assertThat(escalated.getBusinessStatus().getCodingFirstRep())
                .extracting(Coding::getSystem, Coding::getCode)
                .containsExactly(Canonicals.QUESTION_STATES, "escalated");
        assertThat(escalated.getNote())
                .extracting(note -> note.getText())
                .containsExactly(
                        "Diese Frage hat bisher niemand übernommen. Sie geht jetzt noch einmal an die Praxis oder Klinik."
                                + " Wann jemand antwortet, ist damit nicht gesagt. Dies ist kein Notdienst: Rufen Sie im"
                                + " Notfall 112.",
                        "Nobody has taken up this question yet. It goes to the clinic once more now. That does not say"
                                + " when somebody answers. This is no emergency service: in an emergency call 112.");
    }
}
