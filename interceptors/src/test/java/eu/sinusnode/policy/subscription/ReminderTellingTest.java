package eu.sinusnode.policy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;

class ReminderTellingTest {

    private static final Instant DUE = Instant.parse("2026-01-10T07:30:00Z");

    private static Task task(String code, TaskStatus status) {
        Task task = new Task().setStatus(status);
        task.getCode().addCoding().setSystem(Canonicals.TASK_CODES).setCode(code);
        task.getRestriction().getPeriod().setStart(Date.from(DUE));
        return task;
    }

    @Test
    void aReminderWaitsForItsTimeAndAnAnswerDoesNot() {
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_REMINDER, TaskStatus.REQUESTED)))
                .contains(DUE);
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_REMINDER, TaskStatus.COMPLETED)))
                .contains(Instant.EPOCH);
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_REMINDER, TaskStatus.REJECTED)))
                .contains(Instant.EPOCH);
    }

    @Test
    void oneThatEndsWithoutThePatientIsNotTold() {
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_REMINDER, TaskStatus.FAILED)))
                .isEmpty();
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_REMINDER, TaskStatus.CANCELLED)))
                .isEmpty();
    }

    @Test
    void everythingElseIsToldAtOnce() {
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_QUESTION, TaskStatus.REQUESTED)))
                .contains(Instant.EPOCH);
        assertThat(ReminderTelling.notBefore(task(Codes.THERAPY_QUESTION, TaskStatus.FAILED)))
                .contains(Instant.EPOCH);
        assertThat(ReminderTelling.notBefore(new Observation())).contains(Instant.EPOCH);
        Task timeless = task(Codes.THERAPY_REMINDER, TaskStatus.REQUESTED);
        timeless.setRestriction(null);
        assertThat(ReminderTelling.notBefore(timeless)).contains(Instant.EPOCH);
    }
}
