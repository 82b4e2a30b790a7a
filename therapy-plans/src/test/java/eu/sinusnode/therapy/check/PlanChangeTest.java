package eu.sinusnode.therapy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanChangeTest {

    /** Each word is where training is planned that is not safe; a digit is its place in a list. */
    @ParameterizedTest
    @CsvSource({
        ", , ",
        ", s, s",
        "s, s, ",
        "s, , ",
        "s t, t, ",
        "s, s t, t",
        "s, t, t",
        "a1, a0, ",
        "a0 a1, a0, ",
        "a0, a0 a1, a1",
        "a3, a0 a1 s, a1 s"
    })
    void whatWasSoBeforeIsNotAdded(@Nullable String before, @Nullable String after, @Nullable String added) {
        assertThat(new PlanChange(findings(before), findings(after)).added()).isEqualTo(findings(added));
    }

    @ParameterizedTest
    @CsvSource({
        "UNSAFE_TRAINING, CarePlan/p.activity[1].detail, because, false",
        "OPEN_QUESTION, CarePlan/p.activity[1].detail, because, true",
        "UNSAFE_TRAINING, CarePlan/q.activity[1].detail, because, true",
        "UNSAFE_TRAINING, CarePlan/p.activity[1].detail, because of something else, true"
    })
    void ruleRecordAndReasonTellThemApart(PlanRule rule, String element, String words, boolean isAdded) {
        Finding before = new Finding(PlanRule.UNSAFE_TRAINING, "CarePlan/p.activity[4].detail", "because");
        Finding after = new Finding(rule, element, words);
        assertThat(new PlanChange(List.of(before), List.of(after)).added())
                .isEqualTo(isAdded ? List.of(after) : List.of());
    }

    /** Whichever of two is named first; a third is another. */
    @ParameterizedTest
    @CsvSource({"a, b, false", "b, a, false", "a, c, true", "c, b, true"})
    void twoThatDoNotGoTogetherAreOneFault(String one, String other, boolean isAdded) {
        Finding before = apart("a", "b");
        Finding after = apart(one, other);
        assertThat(new PlanChange(List.of(before), List.of(after)).added())
                .isEqualTo(isAdded ? List.of(after) : List.of());
    }

    private static Finding apart(String one, String other) {
        return new Finding(
                PlanRule.CLASSES_OVERLAP,
                "MedicationRequest/" + one,
                "MedicationRequest/" + other,
                "with MedicationRequest/" + other + " both are a statin");
    }

    private static List<Finding> findings(@Nullable String places) {
        return places == null
                ? List.of()
                : Arrays.stream(places.split(" "))
                        .map(place -> new Finding(
                                PlanRule.UNSAFE_TRAINING,
                                place.startsWith("a")
                                        ? "CarePlan/p.activity[" + place.substring(1) + "].detail"
                                        : "ServiceRequest/" + place,
                                "because"))
                        .toList();
    }
}
