package eu.sinusnode.therapy.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({"1.0.0, 1.0.0, 0", "1, 1.0, 0", "1.10.0, 1.9.2, 1", "2.0.0, 10.0.0, -1", "1.0.0-b, 1.0.0-a, 1"})
    void compares(String one, String other, int expected) {
        assertThat(Integer.signum(Versions.compare(one, other))).isEqualTo(expected);
        assertThat(Integer.signum(Versions.compare(other, one))).isEqualTo(-expected);
    }
}
