package eu.sinusnode.server.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFormTest {

    @ParameterizedTest
    @CsvSource({
        "Müller, Mueller",
        "MÜLLER, müller",
        "Weiß, Weiss",
        "Groß, GROSS",
        "Jäger-Lüdenscheidt, Jaeger Luedenscheidt",
        "Meyer-Vogt, Meyervogt",
        "von Berg, Berg",
        "Graf von der Heide, Heide",
        "van den Boom, Boom",
        "O'Neill, Oneill",
        "Çelik, Celik",
        "Łukasz, Lukasz",
        "Dr. Vogel, Vogel"
    })
    void isTheSameName(String one, String other) {
        assertThat(NameForm.family(one).isSame(NameForm.family(other))).isTrue();
        assertThat(NameForm.family(other).isSame(NameForm.family(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Müller, Muller",
        "Meyer, Maier",
        "Schmidt, Schmitt",
        "Philipp, Filip",
        "Schröder, Schroder",
        "Brandt, Brand",
        "Kaufmann, Kaufman",
        "Becker, Bekcer",
        "Weiß, Weis"
    })
    void isNear(String one, String other) {
        assertThat(NameForm.family(one).isNear(NameForm.family(other))).isTrue();
        assertThat(NameForm.family(other).isNear(NameForm.family(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Müller, Becker", "Vogel, Vogt", "Lehmann, Hartmann", "Roth, Rath", "Li, Lu"})
    void isAnother(String one, String other) {
        NameForm first = NameForm.family(one);
        NameForm second = NameForm.family(other);
        assertThat(first.isSame(second)).isFalse();
        assertThat(first.sharesWord(second)).isFalse();
    }

    @Test
    void shortNamesAreNotOneSlipAway() {
        assertThat(NameForm.family("Li").isNear(NameForm.family("Lu"))).isFalse();
        assertThat(NameForm.family("Ott").isNear(NameForm.family("Ost"))).isFalse();
    }

    @Test
    void particlesAloneStay() {
        assertThat(NameForm.family("Graf").words()).containsExactly("graf");
        assertThat(NameForm.family("Van Der").words()).containsExactly("van", "der");
    }

    @Test
    void givenNamesAreWords() {
        assertThat(NameForm.given(List.of("Hans-Peter", "Jörg")).words()).containsExactly("hans", "peter", "joerg");
        assertThat(NameForm.given(List.of("Hanspeter")).isSame(NameForm.given(List.of("Hans Peter"))))
                .isTrue();
        assertThat(NameForm.given(List.of("H.")).isInitialOf(NameForm.given(List.of("Helga"))))
                .isTrue();
        assertThat(NameForm.given(List.of("Helga")).isInitialOf(NameForm.given(List.of("Hilde"))))
                .isFalse();
    }

    @Test
    void whatHasNoLettersIsEmpty() {
        assertThat(NameForm.family("---").isEmpty()).isTrue();
        assertThat(NameForm.given(List.of("", "1")).isEmpty()).isTrue();
    }
}
