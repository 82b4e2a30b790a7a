package eu.sinusnode.therapy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FactReaderTest {

    static Stream<Arguments> facts() {
        return Stream.of(
                known(
                        "the newest",
                        NamedInput.SYSTOLIC,
                        "130",
                        base().pressure(170, 90, Duration.ofDays(3), null).pressure(130, 80)),
                unknown("too old", NamedInput.SYSTOLIC, base().pressure(130, 80, Duration.ofDays(29), null)),
                known(
                        "a cuff",
                        NamedInput.DIASTOLIC,
                        "80",
                        base().device("cuff", Codes.CUFF).pressure(130, 80, Duration.ofHours(1), "cuff")),
                unknown(
                        "a device that is not known",
                        NamedInput.SYSTOLIC,
                        base().pressure(130, 80, Duration.ofHours(1), "other")),
                unknown(
                        "a cuffless device",
                        NamedInput.SYSTOLIC,
                        base().device("watch", Codes.CUFFLESS).pressure(130, 80, Duration.ofHours(1), "watch")),
                unknown("from the future", NamedInput.SYSTOLIC, base().pressure(130, 80, Duration.ofMinutes(-5), null)),
                unknown("only a year of birth", NamedInput.AGE, Patients.born("1966")),
                known("the day before a birthday", NamedInput.AGE, "59", Patients.born("1966-11-28")),
                known("a birthday", NamedInput.AGE, "60", Patients.born("1966-11-27")),
                known(
                        "gain of two days",
                        NamedInput.WEIGHT_GAIN,
                        "2.5",
                        base().weight("80.0", "kg", Duration.ofDays(2)).weight("82.5", "kg", Duration.ofHours(1))),
                known(
                        "in grams",
                        NamedInput.WEIGHT_GAIN,
                        "2.500",
                        base().weight("80000", "g", Duration.ofDays(2)).weight("82500", "g", Duration.ofHours(1))),
                unknown(
                        "one day",
                        NamedInput.WEIGHT_GAIN,
                        base().weight("80.0", "kg", Duration.ofHours(2)).weight("82.5", "kg", Duration.ofHours(1))),
                unknown(
                        "another person",
                        NamedInput.WEIGHT_GAIN,
                        base().weight("80.0", "kg", Duration.ofDays(2)).weight("86.5", "kg", Duration.ofHours(1))),
                unknown(
                        "stones",
                        NamedInput.WEIGHT_GAIN,
                        base().weight("12", "[stone_av]", Duration.ofDays(2))
                                .weight("82.5", "kg", Duration.ofHours(1))),
                known("class III", NamedInput.NYHA_CLASS, "3", base().nyha(3)),
                known("smokes", NamedInput.SMOKER, "true", base().smoking("449868002")),
                known("smoked", NamedInput.SMOKER, "false", base().smoking("8517006")),
                unknown("smoking unknown", NamedInput.SMOKER, base().smoking("266927001")),
                known("pain", NamedInput.CHEST_PAIN, "true", base().chestPain(true)),
                known("no pain", NamedInput.CHEST_PAIN, "false", base().chestPain(false)),
                known("a diagnosis", NamedInput.CORONARY_DISEASE, "true", base().diagnosed("I25.13")),
                known(
                        "a diagnosis beside one that is refuted",
                        NamedInput.CORONARY_DISEASE,
                        "true",
                        base().refuted("I21.0").diagnosed("I25.13")),
                unknown("no diagnosis", NamedInput.CORONARY_DISEASE, base()),
                unknown("suspected", NamedInput.CORONARY_DISEASE, base().condition("I25.1", "active", "unconfirmed")),
                unknown(
                        "suspected beside refuted",
                        NamedInput.CORONARY_DISEASE,
                        base().refuted("I21.0").condition("I25.1", "active", "unconfirmed")),
                unknown(
                        "entered in error",
                        NamedInput.CORONARY_DISEASE,
                        base().condition("I25.1", null, "entered-in-error")),
                known(
                        "over",
                        NamedInput.ATRIAL_FIBRILLATION,
                        "false",
                        base().condition("I48.0", "resolved", "confirmed")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void facts(String what, NamedInput input, String expected, PatientFacts facts) {
        Fact fact = facts.of(input);
        if (expected.isEmpty()) {
            assertThat(fact).isInstanceOf(Fact.Unknown.class);
        } else {
            assertThat(fact).isInstanceOfSatisfying(Fact.Known.class, known -> assertThat(
                            known.value().getValueAsString())
                    .isEqualTo(expected));
        }
        assertThat(fact.words()).isNotBlank();
    }

    @Test
    void valuesInAnotherUnitWithABoundOrNotFinalAreNotUsed() {
        Patients kilopascal = base();
        kilopascal.observation(Codes.RESTING_HEART_RATE, Duration.ofHours(1)).setValue(Patients.quantity(1, "Hz"));
        assertThat(kilopascal.facts().of(NamedInput.RESTING_HEART_RATE)).isInstanceOf(Fact.Unknown.class);
        Patients bound = base();
        bound.observation(Codes.RESTING_HEART_RATE, Duration.ofHours(1))
                .setValue(Patients.quantity(60, "/min").setComparator(Quantity.QuantityComparator.LESS_THAN));
        assertThat(bound.facts().of(NamedInput.RESTING_HEART_RATE)).isInstanceOf(Fact.Unknown.class);
        Patients preliminary = base();
        preliminary
                .observation(Codes.RESTING_HEART_RATE, Duration.ofHours(1))
                .setStatus(ObservationStatus.PRELIMINARY)
                .setValue(Patients.quantity(60, "/min"));
        assertThat(preliminary.facts().of(NamedInput.RESTING_HEART_RATE)).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void whatIsWithheldIsSaidToBe() {
        PatientFacts facts = base().withheld("Observation")
                .withheld("Condition")
                .withheld("MedicationRequest")
                .withheld("QuestionnaireResponse")
                .facts();
        assertThat(facts.of(NamedInput.SYSTOLIC).words()).isEqualTo("Observations could not be read");
        assertThat(facts.of(NamedInput.CHEST_PAIN).words()).isEqualTo("QuestionnaireResponses could not be read");
        assertThat(facts.of(NamedInput.HEART_FAILURE).words()).isEqualTo("diagnoses could not be read");
        assertThat(facts.medicationWasRead()).isFalse();
    }

    @Test
    void everyInputIsAnswered() {
        assertThat(base().facts().known().keySet()).containsExactlyInAnyOrder(NamedInput.values());
    }

    private static Patients base() {
        return Patients.born("1966-03-01");
    }

    private static Arguments known(String what, NamedInput input, String value, Patients patients) {
        return Arguments.of(what, input, value, patients.facts());
    }

    private static Arguments unknown(String what, NamedInput input, Patients patients) {
        return Arguments.of(what, input, "", patients.facts());
    }
}
