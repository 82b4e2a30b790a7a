package eu.sinusnode.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Samples.of(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4.0);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Samples.of(List.of(9.0, 1.0, 4.0, 6.0)).median()).isEqualTo(5.0);
    }

    @Test
    void aQuantileIsTheValueAtItsRank() {
        Samples hundred = Samples.of(java.util.stream.IntStream.rangeClosed(1, 100)
                .mapToObj(i -> (double) i)
                .toList());

        assertThat(hundred.quantile(0.5)).isEqualTo(50.0);
        assertThat(hundred.quantile(0.95)).isEqualTo(95.0);
        assertThat(hundred.quantile(1.0)).isEqualTo(100.0);
        assertThat(hundred.quantile(0.0)).isEqualTo(1.0);
    }

    @Test
    void theSpreadStandsBesideTheMedian() {
        assertThat(Samples.of(List.of(2.0, 1.0, 3.0)).describe(1)).isEqualTo("2.0 (1.0 to 3.0)");
    }

    @Test
    void noRoundsAreNoFigure() {
        assertThatThrownBy(() -> Samples.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
