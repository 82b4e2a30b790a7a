package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KvnrTest {

    @ParameterizedTest
    @ValueSource(strings = {"A123456780", "M234567898"})
    void valid(String number) {
        assertThat(Kvnr.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A123456789", "a123456780", "A12345678", "1123456780", "A1234567800", "", "null", "Ä123456780"})
    void invalid(String number) {
        assertThat(Kvnr.isValid(number)).isFalse();
    }

    @Property
    void oneAndOnlyOneCheckDigitIsRight(
            @ForAll @IntRange(max = 25) int letter, @ForAll @IntRange(max = 99_999_999) int digits) {
        String stem = (char) ('A' + letter) + String.format("%08d", digits);
        long valid = IntStream.range(0, 10)
                .filter(check -> Kvnr.isValid(stem + check))
                .count();
        assertThat(valid).isEqualTo(1);
    }

    /** The doubled places map digits one to one, so every single slip shows. */
    @Property
    void oneWrongDigitIsFound(
            @ForAll @IntRange(max = 99_999_999) int digits,
            @ForAll @IntRange(max = 7) int place,
            @ForAll @IntRange(min = 1, max = 9) int slip) {
        StringBuilder number = new StringBuilder("K" + String.format("%08d", digits));
        int check = 0;
        while (!Kvnr.isValid(number.toString() + check)) {
            check++;
        }
        char old = number.charAt(1 + place);
        char wrong = (char) ('0' + (old - '0' + slip) % 10);
        number.setCharAt(1 + place, wrong);
        assertThat(Kvnr.isValid(number.toString() + check)).isFalse();
    }
}
