package eu.sinusnode.analysis.flag;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.analysis.flag.FlagEvents.Decided;
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
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;

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
        assertThat(events(summary)).isEqualTo(new FlagEvents(List.of(), List.of()));
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

    private static FlagEvents events(Observation flag) {
        return FlagEvents.of(List.of(flag), FROM, TO);
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
