package eu.sinusnode.analysis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DailyValuesTest {

    private static final double GONE = Double.NaN;

    private final DailyValues values = new DailyValues(new double[] {4, GONE, 6, 7, GONE, 9, 10, GONE});

    @Test
    void daysWithoutAValueAreLeftOut() {
        assertThat(values.count(0, 8)).isEqualTo(5);
        assertThat(values.mean(0, 8)).isCloseTo(7.2, within(1e-12));
        assertThat(values.least(1, 8)).isEqualTo(6);
        assertThat(values.newest(0, 8)).isEqualTo(10);
        assertThat(values.deviation(0, 8)).isCloseTo(Math.sqrt(5.7), within(1e-12));
    }

    @Test
    void oneADayIsSevenAWeekWhateverDaysAreMissing() {
        assertThat(values.slope(0, 8)).isCloseTo(7, within(1e-12));
    }

    @Test
    void tooFewValuesGiveNoNumber() {
        assertThat(values.mean(1, 2)).isNaN();
        assertThat(values.least(1, 2)).isNaN();
        assertThat(values.newest(7, 8)).isNaN();
        assertThat(values.deviation(2, 4)).isNaN();
        assertThat(values.slope(0, 6)).isNaN();
    }
}
