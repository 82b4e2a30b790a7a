package eu.sinusnode.analysis.flag;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.flag.FlagEvents.Decided;
import eu.sinusnode.analysis.flag.FlagEvents.Due;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.OptionalDouble;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagEventsTest {

    private static final Instant FROM = Instant.parse("2026-11-13T12:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant BEFORE = FROM.minusSeconds(60);
    private static final Instant WITHIN = FROM.plusSeconds(60);
    private static final Instant AFTER = TO.plusSeconds(60);

    @Test
    void whatWasWrittenInTheTimeCounts() {
        assertThat(events(flag(ObservationStatus.PRELIMINARY, WITHIN)).written())
                .containsExactly("a model 1");
        assertThat(events(flag(ObservationStatus.PRELIMINARY, BEFORE)).written())
                .isEmpty();
        assertThat(events(flag(ObservationStatus.PRELIMINARY, AFTER)).written()).isEmpty();
        assertThat(events(flag(ObservationStatus.CANCELLED, WITHIN)).written())
                .as("a cancellation is no alert")
                .isEmpty();
        Observation summary = flag(ObservationStatus.PRELIMINARY, WITHIN);
        summary.setCode(
                new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, Codes.NOT_COMPUTABLE_SUMMARY, null)));
        assertThat(events(summary)).isEqualTo(new FlagEvents(List.of(), List.of(), List.of()));
    }

    @Test
    void aDecisionCountsWhenItWasMade() {
        Observation accepted = decided(ObservationStatus.FINAL, BEFORE, WITHIN);
        accepted.addComponent()
                .setCode(new CodeableConcept().setText("Probability, mean of the most suspicious recording"))
                .setValue(new Quantity(0.93));

        assertThat(events(accepted).decided()).containsExactly(new Decided("a model 1", true, OptionalDouble.of(0.93)));
        assertThat(events(decided(ObservationStatus.ENTEREDINERROR, BEFORE, WITHIN))
                        .decided())
                .containsExactly(new Decided("a model 1", false, OptionalDouble.empty()));
        assertThat(events(decided(ObservationStatus.FINAL, BEFORE, BEFORE)).decided())
                .isEmpty();
        assertThat(events(decided(ObservationStatus.PRELIMINARY, BEFORE, WITHIN))
                        .decided())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, 0, due and overdue",
        "INPROGRESS, 0, due and overdue",
        "COMPLETED, -10, due",
        "COMPLETED, 0, due",
        "COMPLETED, 10, due and overdue",
        "CANCELLED, -10, nothing",
        "CANCELLED, 10, due and overdue",
        "REJECTED, -10, due"
    })
    void aSignOffIsOverdueWhenNobodyHadDecidedByItsEnd(TaskStatus status, long secondsAfter, String expected) {
        assertThat(due(status, WITHIN, WITHIN.plusSeconds(secondsAfter)))
                .isEqualTo(
                        switch (expected) {
                            case "nothing" -> List.of();
                            case "due" -> List.of(new Due("a model 1", false));
                            default -> List.of(new Due("a model 1", true));
                        });
        assertThat(due(status, BEFORE, BEFORE.plusSeconds(secondsAfter))).isEmpty();
        assertThat(due(status, AFTER, AFTER.plusSeconds(secondsAfter))).isEmpty();
    }

    @Test
    void whatTheAnalysisTakesBackHasItsTimeFromTheStorage() {
        Task cancelled = signOff(TaskStatus.CANCELLED, WITHIN);
        cancelled.getMeta().setLastUpdated(Date.from(WITHIN.minusSeconds(1)));
        assertThat(due(cancelled)).isEmpty();
        cancelled.getMeta().setLastUpdated(Date.from(WITHIN.plusSeconds(1)));
        assertThat(due(cancelled)).containsExactly(new Due("a model 1", true));
    }

    private static List<Due> due(TaskStatus status, Instant end, Instant modified) {
        return due(signOff(status, end).setLastModified(Date.from(modified)));
    }

    private static List<Due> due(Task task) {
        Observation flag = flag(ObservationStatus.PRELIMINARY, BEFORE);
        flag.setId("Observation/f/_history/3");
        Task another = signOff(TaskStatus.REQUESTED, WITHIN);
        another.setFocus(new Reference("Observation/g"));
        return FlagEvents.of(List.of(flag), List.of(another, task), FROM, TO).due();
    }

    private static Task signOff(TaskStatus status, Instant end) {
        Task task = new Task().setStatus(status).setFocus(new Reference("Observation/f"));
        task.getRestriction().setPeriod(new Period().setEnd(Date.from(end)));
        return task;
    }

    private static FlagEvents events(Observation flag) {
        return FlagEvents.of(List.of(flag), List.of(), FROM, TO);
    }

    private static Observation decided(ObservationStatus status, Instant issued, Instant at) {
        Observation flag = flag(status, issued);
        flag.addNote().setText("The model's own note has no time.");
        flag.addNote(new Annotation().setTime(Date.from(at)).setText("Seen."));
        return flag;
    }

    private static Observation flag(ObservationStatus status, Instant issued) {
        Observation flag = new Observation();
        flag.setStatus(status);
        flag.setIssued(Date.from(issued));
        flag.setMethod(new CodeableConcept().setText("a model 1"));
        flag.setCode(new CodeableConcept(
                new Coding(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION, null)));
        return flag;
    }
}
