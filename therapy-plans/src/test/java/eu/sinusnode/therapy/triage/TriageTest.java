package eu.sinusnode.therapy.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriageTest {

    @ParameterizedTest
    @CsvSource({
        // complaints, severe value, flagged, urgency
        ", false, false, URGENT",
        ", false, true, ASAP",
        ", true, false, STAT",
        ", true, true, STAT",
        "SWELLING, false, false, ASAP",
        "BREATHLESS_AT_NIGHT, false, false, ASAP",
        "DIZZY, false, false, ASAP",
        "PALPITATIONS, false, false, ASAP",
        "DIZZY SWELLING, false, true, ASAP",
        "PALPITATIONS DIZZY, false, false, STAT",
        "PALPITATIONS DIZZY SWELLING, false, true, STAT",
        "CHEST_PAIN, false, false, STAT",
        "BREATHLESS, false, false, STAT",
        "FAINTED, false, false, STAT",
        "SWELLING CHEST_PAIN, false, false, STAT",
        "SWELLING, true, false, STAT",
    })
    void theTable(@Nullable String complaints, boolean severe, boolean flagged, Urgency urgency) {
        assertThat(Triage.of(complaints(complaints), severe, flagged)).isEqualTo(urgency);
    }

    /** Nothing that becomes known makes anything less urgent. */
    @Test
    void itOnlyRaises() {
        Complaint[] all = Complaint.values();
        for (int bits = 0; bits < 1 << all.length; bits++) {
            Set<Complaint> some = EnumSet.noneOf(Complaint.class);
            for (int i = 0; i < all.length; i++) {
                if ((bits >> i & 1) == 1) {
                    some.add(all[i]);
                }
            }
            Urgency plain = Triage.of(some, false, false);
            assertThat(plain).isGreaterThanOrEqualTo(Triage.of(some, false, true));
            assertThat(Triage.of(some, false, true)).isGreaterThanOrEqualTo(Triage.of(some, true, true));
            for (Complaint more : all) {
                Set<Complaint> with = EnumSet.of(more);
                with.addAll(some);
                assertThat(plain).isGreaterThanOrEqualTo(Triage.of(with, false, false));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8480-6, 179.9, false",
        "8480-6, 180, true",
        "8462-4, 109.9, false",
        "8462-4, 110, true",
        "8867-4, 39.9, true",
        "8867-4, 40, false",
        "8867-4, 190, false",
        "40443-4, 39.9, true",
        "40443-4, 40, false",
        "40443-4, 130, false",
        "40443-4, 130.1, true",
        "2708-6, 89.9, true",
        "2708-6, 90, false",
        "29463-7, 300, false",
    })
    void limitsOfValues(String loinc, double value, boolean severe) {
        assertThat(new VitalValue(loinc, value).isSevere()).isEqualTo(severe);
    }

    @Test
    void everyComplaintHasItsCode() {
        assertThat(Complaint.values())
                .allSatisfy(each -> assertThat(Complaint.of(each.code())).contains(each));
        assertThat(Complaint.of("22298006")).isEmpty();
    }

    private static Set<Complaint> complaints(@Nullable String names) {
        return names == null
                ? Set.of()
                : Arrays.stream(names.split(" ")).map(Complaint::valueOf).collect(Collectors.toSet());
    }
}
