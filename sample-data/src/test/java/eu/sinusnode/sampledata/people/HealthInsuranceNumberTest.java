package eu.sinusnode.sampledata.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthInsuranceNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"A123456780", "X110411675"})
    void numbersWorkedOutByHandAreValid(String number) {
        assertThat(HealthInsuranceNumber.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A123456781", "X11041167", "x110411675", "Ä110411675", "11104116750", ""})
    void othersAreNot(String number) {
        assertThat(HealthInsuranceNumber.isValid(number)).isFalse();
    }

    @Property
    void aCompletedNumberIsValid(
            @ForAll @CharRange(from = 'A', to = 'Z') char letter, @ForAll @IntRange(max = 99_999_999) int digits) {
        String number = HealthInsuranceNumber.complete(letter, String.format(Locale.ROOT, "%08d", digits));

        assertThat(HealthInsuranceNumber.isValid(number)).isTrue();
    }

    /** The check digit's purpose: one wrong digit never passes. */
    @Property
    void oneChangedDigitIsFound(
            @ForAll @CharRange(from = 'A', to = 'Z') char letter,
            @ForAll @IntRange(max = 99_999_999) int digits,
            @ForAll @IntRange(min = 1, max = 9) int place,
            @ForAll @IntRange(min = 1, max = 9) int change) {
        char[] number = HealthInsuranceNumber.complete(letter, String.format(Locale.ROOT, "%08d", digits))
                .toCharArray();
        number[place] = (char) ('0' + (number[place] - '0' + change) % 10);

        assertThat(HealthInsuranceNumber.isValid(new String(number))).isFalse();
    }

    @Property(tries = 50)
    void noTwoPersonsShareANumber(@ForAll long seed) {
        Set<String> digits = new HashSet<>();
        for (int person = 1; person <= 2_000; person++) {
            String number = HealthInsuranceNumber.of(seed, person);
            assertThat(HealthInsuranceNumber.isValid(number)).isTrue();
            digits.add(number.substring(1, 9));
        }

        assertThat(digits).hasSize(2_000);
    }

    @Test
    void theWholeCohortHasNumbersOfItsOwn() {
        Set<String> digits = new HashSet<>();
        for (int person = 1; person <= 120_000; person++) {
            digits.add(HealthInsuranceNumber.of(1, person).substring(1, 9));
        }

        assertThat(digits).hasSize(120_000);
    }
}
