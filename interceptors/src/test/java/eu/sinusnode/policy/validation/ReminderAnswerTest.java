package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReminderAnswerTest {

    private static Date at(String time) {
        return Date.from(Instant.parse("2026-01-10T" + time + ":00Z"));
    }

    private static CodeableConcept code(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }

    private static Task stored(String focus) {
        Task task = new Task().setStatus(TaskStatus.REQUESTED).setFocus(new Reference(focus));
        task.setCode(code(Canonicals.TASK_CODES, Codes.THERAPY_REMINDER));
        task.setFor(new Reference("Patient/anna")).setDescription("Weight");
        task.getRestriction().getPeriod().setStart(at("07:30")).setEnd(at("19:30"));
        return task;
    }

    private static final Task WEIGHT = stored("ServiceRequest/weight");
    private static final Task INTAKE = stored("MedicationRequest/bisoprolol");

    private static Optional<String> fault(Task was, Task answer) {
        return ReminderAnswer.fault(answer, Optional.of(was));
    }

    private static Task with(Task was, TaskStatus status) {
        return was.copy().setStatus(status);
    }

    private static Task recorded(Task task, String record) {
        task.addOutput()
                .setType(code(Canonicals.REMINDER_DETAILS, Codes.WHAT_WAS_DONE))
                .setValue(new Reference(record));
        return task;
    }

    private static Task later(Task was, String start, String end) {
        Task task = was.copy();
        task.getRestriction().getPeriod().setStart(at(start)).setEnd(at(end));
        return task;
    }

    @Test
    void doneSkippedAndLater() {
        assertThat(fault(WEIGHT, with(WEIGHT, TaskStatus.COMPLETED))).isEmpty();
        assertThat(fault(WEIGHT, recorded(with(WEIGHT, TaskStatus.COMPLETED), "Observation/1")))
                .isEmpty();
        assertThat(fault(WEIGHT, with(WEIGHT, TaskStatus.REJECTED))).isEmpty();
        assertThat(fault(WEIGHT, later(WEIGHT, "09:00", "19:30"))).isEmpty();
        Task said = with(WEIGHT, TaskStatus.REJECTED).setLastModified(at("08:00"));
        said.addNote().setText("On a journey");
        assertThat(fault(WEIGHT, said)).isEmpty();
    }

    @Test
    void anIntakeIsAnsweredWithItsRecord() {
        for (TaskStatus answer : new TaskStatus[] {TaskStatus.COMPLETED, TaskStatus.REJECTED}) {
            assertThat(fault(INTAKE, recorded(with(INTAKE, answer), "MedicationAdministration/1")))
                    .isEmpty();
            assertThat(fault(INTAKE, with(INTAKE, answer)))
                    .hasValueSatisfying(why -> assertThat(why).contains("MedicationAdministration"));
            assertThat(fault(INTAKE, recorded(with(INTAKE, answer), "Observation/1")))
                    .isPresent();
            assertThat(fault(
                            INTAKE,
                            recorded(
                                    recorded(with(INTAKE, answer), "MedicationAdministration/1"),
                                    "MedicationAdministration/2")))
                    .isPresent();
        }
        assertThat(fault(INTAKE, later(INTAKE, "09:00", "19:30"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"COMPLETED", "REJECTED", "REQUESTED", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void noOtherStateIsAnAnswer(TaskStatus status) {
        assertThat(fault(WEIGHT, with(WEIGHT, status))).isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"REQUESTED", "NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsAnsweredOrOverStaysSo(TaskStatus status) {
        assertThat(fault(with(WEIGHT, status), with(WEIGHT, TaskStatus.COMPLETED)))
                .hasValueSatisfying(why -> assertThat(why).contains(status.toCode()));
    }

    @Test
    void laterIsLaterAndBeforeTheEnd() {
        assertThat(fault(WEIGHT, WEIGHT.copy())).isPresent();
        assertThat(fault(WEIGHT, later(WEIGHT, "07:00", "19:30"))).isPresent();
        assertThat(fault(WEIGHT, later(WEIGHT, "19:30", "19:30"))).isPresent();
        assertThat(fault(WEIGHT, later(WEIGHT, "09:00", "21:00"))).isPresent();
        assertThat(fault(WEIGHT, later(with(WEIGHT, TaskStatus.COMPLETED), "09:00", "19:30")))
                .isPresent();
        assertThat(fault(WEIGHT, recorded(later(WEIGHT, "09:00", "19:30"), "Observation/1")))
                .isPresent();
        Task open = WEIGHT.copy();
        open.setRestriction(null);
        assertThat(fault(WEIGHT, open)).isPresent();
    }

    @Test
    void theRestStaysAsItIs() {
        Task other = with(WEIGHT, TaskStatus.COMPLETED);
        assertThat(fault(WEIGHT, other.copy().setDescription("Other"))).isPresent();
        assertThat(fault(WEIGHT, other.copy().setFor(new Reference("Patient/ben"))))
                .isPresent();
        assertThat(fault(WEIGHT, other.copy().setFocus(new Reference("ServiceRequest/2"))))
                .isPresent();
        assertThat(fault(WEIGHT, other.copy().setCode(code(Canonicals.TASK_CODES, Codes.SIGN_OFF))))
                .isPresent();
        Task more = other.copy();
        more.getRestriction().setRepetitions(2);
        assertThat(fault(WEIGHT, more)).isPresent();
    }

    @Test
    void noOtherTaskIsThePatients() {
        Task question = stored("ServiceRequest/1").setCode(code(Canonicals.TASK_CODES, Codes.THERAPY_QUESTION));
        assertThat(fault(question, with(question, TaskStatus.COMPLETED))).isPresent();
        Resource none = with(WEIGHT, TaskStatus.COMPLETED);
        assertThat(ReminderAnswer.fault(none, Optional.empty())).isPresent();
        assertThat(ReminderAnswer.fault(none, Optional.of(new Observation()))).isPresent();
    }
}
