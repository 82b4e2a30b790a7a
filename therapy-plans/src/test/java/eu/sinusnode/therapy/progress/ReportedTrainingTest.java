package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.timing.Timings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReportedTrainingTest {

    private static final Instant PLANNED = Timings.local("2026-06-10T17:00");
    private static final String EXERCISE_THERAPY = "229065009";

    private static Task reminder() {
        Task task = new Task();
        task.setStatus(TaskStatus.COMPLETED);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_REMINDER, null)));
        task.addBasedOn(new Reference("CarePlan/plan"));
        task.setFocus(new Reference("ServiceRequest/walk"));
        task.setAuthoredOn(Date.from(PLANNED.minusSeconds(900)));
        task.addInput()
                .setType(new CodeableConcept(new Coding(Canonicals.REMINDER_DETAILS, Codes.PLANNED_TIME, null)))
                .setValue(new DateTimeType(Date.from(PLANNED)));
        return task;
    }

    private static ServiceRequest order(String stored, String category, double duration, UnitsOfTime unit) {
        ServiceRequest order = new ServiceRequest();
        order.getMeta().setLastUpdated(Date.from(Timings.local(stored)));
        order.addCategory(new CodeableConcept(new Coding(Codes.SNOMED, category, null)));
        Timing timing = new Timing();
        timing.getRepeat().setDuration(duration).setDurationUnit(unit);
        return order.setOccurrence(timing);
    }

    private static DoneReminder done() {
        return DoneReminder.of(reminder(), "plan").orElseThrow();
    }

    @Test
    void oneThatIsDoneSaysOfWhatAndWhenItWasPlanned() {
        assertThat(done()).isEqualTo(new DoneReminder("ServiceRequest/walk", PLANNED, PLANNED.minusSeconds(900)));
    }

    @ParameterizedTest
    @EnumSource(value = TaskStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLETED")
    void whatIsNotDoneReportsNothing(TaskStatus status) {
        assertThat(DoneReminder.of(reminder().setStatus(status), "plan")).isEmpty();
    }

    @Test
    void anotherTaskReportsNothing() {
        List<Consumer<Task>> others = List.of(
                task -> task.getCode().getCodingFirstRep().setCode(Codes.THERAPY_EDUCATION),
                task -> task.getCode().getCodingFirstRep().setSystem("http://example.org"),
                task -> task.getBasedOnFirstRep().setReference("CarePlan/another"),
                task -> task.getBasedOn().clear(),
                task -> task.getInput().clear(),
                task -> task.getInputFirstRep().setValue(new DateTimeType()),
                task -> task.setAuthoredOn(null));
        for (Consumer<Task> other : others) {
            Task task = reminder();
            other.accept(task);
            assertThat(DoneReminder.of(task, "plan")).isEmpty();
        }
    }

    @ParameterizedTest(name = "{1} {2} of {0}: {3}")
    @CsvSource({
        "229065009, 30,  MIN, 30",
        "229065009, 1.5, H,   90",
        "229065009, 600, S,   ",
        "229065009, 1,   D,   ",
        "122869004, 30,  MIN, ",
    })
    void itCountsAsManyMinutesAsWerePlanned(
            String category, double duration, UnitsOfTime unit, @Nullable Integer minutes) {
        assertThat(ReportedTraining.minutes(done(), List.of(order("2026-06-01T00:00", category, duration, unit)))
                        .map(Measured::value)
                        .map(BigDecimal::intValueExact))
                .isEqualTo(Optional.ofNullable(minutes));
    }

    @Test
    void anOrderWithoutADurationOrATimingTellsNoMinutes() {
        ServiceRequest without = order("2026-06-01T00:00", EXERCISE_THERAPY, 30, UnitsOfTime.MIN);
        without.getOccurrenceTiming().getRepeat().setDuration((BigDecimal) null);
        assertThat(ReportedTraining.minutes(done(), List.of(without))).isEmpty();
        assertThat(ReportedTraining.minutes(done(), List.of(without.setOccurrence(new DateTimeType("2026-06-10")))))
                .isEmpty();
        assertThat(ReportedTraining.minutes(done(), List.of())).isEmpty();
    }

    @Test
    void theOrderCountsAsItWasWhenItReminded() {
        List<ServiceRequest> versions = List.of(
                order("2026-06-01T00:00", EXERCISE_THERAPY, 20, UnitsOfTime.MIN),
                order("2026-06-09T00:00", EXERCISE_THERAPY, 30, UnitsOfTime.MIN),
                order("2026-06-11T00:00", EXERCISE_THERAPY, 60, UnitsOfTime.MIN));
        assertThat(ReportedTraining.minutes(done(), versions)).hasValueSatisfying(minutes -> {
            assertThat(minutes.value()).isEqualByComparingTo("30");
            assertThat(minutes.at()).isEqualTo(PLANNED);
            assertThat(minutes.unit()).isEqualTo("min");
            assertThat(minutes.source()).isEqualTo(Measured.Source.REPORTED);
        });
    }

    /** Until midnight in Berlin it is the same day. */
    @ParameterizedTest(name = "recorded at {0}, reported of 10 June 17:00: counts {1}")
    @CsvSource({
        "2026-06-09T23:59, true",
        "2026-06-10T00:00, false",
        "2026-06-10T17:00, false",
        "2026-06-10T23:59, false",
        "2026-06-11T00:00, true",
    })
    void aReportOfADayOfWhichThereIsARecordDoesNotCount(String recorded, boolean counts) {
        assertThat(DoneReminder.onOtherDays(
                        List.of(PLANNED), at -> at, List.of(Timings.local(recorded)), Timings.BERLIN))
                .hasSize(counts ? 1 : 0);
    }
}
