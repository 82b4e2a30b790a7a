package eu.sinusnode.analysis.flag;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.calendar.WorkingDays;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.Task.TaskPriority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignOffDeadlineTest {

    @ParameterizedTest
    @CsvSource({
        // A crisis does not wait, by day, by night, on a holiday.
        Codes.SEVERE_VITAL_VALUE + ", P1D, 2026-11-27T15:00:00Z, STAT, 2026-11-27T16:00:00Z",
        Codes.SEVERE_VITAL_VALUE + ", P1D, 2026-12-25T02:00:00Z, STAT, 2026-12-25T03:00:00Z",
        // What is for a day: the day after, weekends too.
        "weight-gain, P1D, 2026-11-27T15:00:00Z, URGENT, 2026-11-28T23:00:00Z",
        // All else: the working day after.
        "stroke-risk, P14D, 2026-11-27T15:00:00Z, ROUTINE, 2026-11-30T23:00:00Z",
        "stroke-risk, P28D, 2026-12-24T15:00:00Z, ROUTINE, 2026-12-28T23:00:00Z",
    })
    void byUrgency(String risk, Duration within, Instant now, TaskPriority priority, Instant due) {
        assertThat(SignOffDeadline.of(risk, within, now, new WorkingDays(null)))
                .isEqualTo(new SignOffDeadline(priority, due));
    }
}
