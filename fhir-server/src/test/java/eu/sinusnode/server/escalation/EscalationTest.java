package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.configuration.QuestionProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pure part: who is next, what becomes of the Task, and which Tasks wait for somebody. */
class EscalationTest {

    private static final UUID ID = UUID.fromString("0b1f0d3e-6f2a-4b7e-9f0e-5f7d3f1f2a10");
    private static final UUID PATIENT = UUID.fromString("2c7a4d55-19a0-4d8f-8d7b-0d9a6c1b3e20");
    private static final Instant DUE = Instant.parse("2026-11-30T23:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-30T23:00:30Z");

    private static final DueTasks DUE_TASKS =
            new DueTasks(new QuestionProperties(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(8)));

    private static Task task() {
        Task task = new Task();
        task.setId(ID.toString());
        task.setStatus(TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        task.setPriority(TaskPriority.ROUTINE);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.SIGN_OFF, null)));
        task.setFocus(new Reference("Observation/flag"));
        task.setFor(new Reference("Patient/" + PATIENT));
        task.getRestriction().getPeriod().setEndElement(new DateTimeType(DUE.toString()));
        return task;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "nobody",
            value = {
                "'', nobody, Organization/o",
                "'', Organization/o, nobody",
                "a, nobody, a",
                "a, a, Organization/o",
                "a, Organization/o, a",
                "a b c, nobody, a",
                "a b c, a, b",
                "a b c, b, c",
                "a b c, c, a",
                "a b c, stranger, a",
                "a a b, a, b"
            })
    void whoIsNext(String clinicians, @Nullable String owner, @Nullable String next) {
        List<String> named = clinicians.isEmpty() ? List.of() : List.of(clinicians.split(" "));
        assertThat(new Responsible(named, "Organization/o").next(owner).orElse(null))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, URGENT", "ROUTINE, URGENT", "URGENT, ASAP", "ASAP, STAT", "STAT, STAT"})
    void itIsMoreUrgentThanBefore(@Nullable TaskPriority before, TaskPriority after) {
        assertThat(Escalation.of(task().setPriority(before), TaskKind.SIGN_OFF, DUE, "Practitioner/p", NOW)
                        .getPriority())
                .isEqualTo(after);
    }

    @Test
    void itSaysInGermanAndEnglishThatItIsOverdueAndNothingOfTheFlag() {
        Task before = task();
        Task escalated = Escalation.of(before, TaskKind.SIGN_OFF, DUE, "Practitioner/p", NOW);

        assertThat(escalated.getOwner().getReference()).isEqualTo("Practitioner/p");
        assertThat(escalated.getBusinessStatus().getCodingFirstRep())
                .extracting(Coding::getSystem, Coding::getCode)
                .containsExactly(Canonicals.SIGN_OFF_STATES, "escalated");
        assertThat(escalated.getStatus()).isEqualTo(TaskStatus.REQUESTED);
        assertThat(escalated.getRestriction().getPeriod().getEnd()).isEqualTo(DUE);
        assertThat(escalated.getNote())
                .hasSize(2)
                .allMatch(note -> note.getTime().toInstant().equals(NOW));
        assertThat(escalated.getNote().get(0).getText())
                .isEqualTo(
                        "Bis 1.12.2026, 00:00 Uhr hat niemand entschieden. Die Aufgabe ist jetzt dringlicher und geht an"
                                + " die nächste zuständige Stelle.");
        assertThat(escalated.getNote().get(1).getText())
                .isEqualTo(
                        "Nobody decided by 1 Dec 2026, 00:00. The task is more urgent now, and is addressed to whoever is"
                                + " responsible next.");
        assertThat(before.hasNote()).as("the stored one is not changed").isFalse();
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void whatIsClosedWaitsForNobody(TaskStatus status) {
        boolean closed = List.of(
                        TaskStatus.COMPLETED,
                        TaskStatus.CANCELLED,
                        TaskStatus.REJECTED,
                        TaskStatus.FAILED,
                        TaskStatus.ENTEREDINERROR)
                .contains(status);
        assertThat(DUE_TASKS.of(task().setStatus(status), ID).isEmpty()).isEqualTo(closed);
    }

    @Test
    void otherTasksAndThoseWithoutADeadlineWaitForNobody() {
        assertThat(DUE_TASKS.of(task(), ID)).contains(new TaskDue(ID, PATIENT, TaskKind.SIGN_OFF, DUE, null));
        assertThat(DUE_TASKS.of(
                        task().setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.RISK_REPLAY, null))),
                        ID))
                .isEmpty();
        assertThat(DUE_TASKS.of(task().setRestriction(null), ID)).isEmpty();
        assertThat(DUE_TASKS.of(task().setFor(new Reference("Patient?identifier=x")), ID))
                .isEmpty();
    }
}
