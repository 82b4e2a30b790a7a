package eu.sinusnode.server.matching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BirthDatesTest {

    @ParameterizedTest
    @CsvSource({
        "1952-08-07, 1952-08-07, BIRTH_SAME",
        "1952-08-07, 1952-07-08, BIRTH_NEAR",
        "1952-08-17, 1952-08-11, BIRTH_NEAR",
        "1952-08-17, 1925-08-17, BIRTH_NEAR",
        "1952-08-17, 1952-09-18, BIRTH_OTHER",
        "1952-08-17, 1962-09-17, BIRTH_OTHER",
        "1952-08-17, 1952-08, MONTH_SAME",
        "1952-08-17, 1952-09, MONTH_OTHER",
        "1952, 1952-08, YEAR_SAME",
        "1952, 1953-08-17, YEAR_OTHER"
    })
    void compares(String one, String other, Agreement expected) {
        assertThat(BirthDates.compare(one, other)).isEqualTo(expected);
        assertThat(BirthDates.compare(other, one)).isEqualTo(expected);
    }

    @Test
    void everyDayThatIsNearIsFound() {
        assertThat(BirthDates.near("1952-08-07"))
                .contains("1952-08-07", "1952-07-08", "1925-08-07", "1952-08-01", "1952-08-17", "1942-08-07")
                .doesNotContain("1952-08-37", "1952-18-07")
                .allSatisfy(day -> assertThat(BirthDates.compare("1952-08-07", day))
                        .isIn(Agreement.BIRTH_SAME, Agreement.BIRTH_NEAR))
                .hasSizeLessThan(90);
        assertThat(BirthDates.near("1952-08")).containsExactly("1952-08");
    }
}
