package eu.sinusnode.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final Growth MILLION = new Growth(1e6, 2000);

    @Test
    void aMillionPatientsGiveFiveVitalsADay() {
        assertThat(MILLION.vitalsAYear()).isEqualTo(1.825e9);
        assertThat(MILLION.bytesAYear()).isEqualTo(3.65e12);
    }

    @Test
    void theBusiestHourHasATenthOfTheDay() {
        assertThat(MILLION.peak()).isCloseTo(138.9, within(0.1));
        assertThat(MILLION.logBytesASecond()).isCloseTo(138.9 * 2000 * 2, within(1000.0));
    }

    @Test
    void coresAreThoseOfVitalsAndOfSearches() {
        assertThat(MILLION.cores()).isCloseTo((138.9 * 0.96 + 277.8 * 12.3) / 600, within(0.01));
    }

    @Test
    void tenTimesThePatientsNeedTenTimesOfEach() {
        Growth ten = new Growth(1e7, 2000);

        assertThat(ten.hotBytes()).isCloseTo(10 * MILLION.hotBytes(), within(1.0));
        assertThat(ten.backupHours()).isCloseTo(10 * MILLION.backupHours(), within(0.001));
        assertThat(ten.riskCoreHours()).isCloseTo(10 * MILLION.riskCoreHours(), within(0.001));
    }

    @Test
    void everyPlaceOfTheTextIsFilled() throws IOException {
        assertThat(GrowthPage.pages().get("growth.md"))
                .doesNotContainPattern("\\{\\w+}")
                .contains("| disk for a year | ");
    }
}
