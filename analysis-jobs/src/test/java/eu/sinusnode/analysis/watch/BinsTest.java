package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinsTest {

    @Test
    void theReferenceItselfHasNoDriftAndTenthsInItsBins() {
        double[] values = new Random(5).doubles(1_000).toArray();
        Bins bins = Bins.of(values, 1_000);

        assertThat(bins.counts()).hasSize(10).allMatch(count -> count == 100);
        assertThat(bins.psi(values)).isZero();
    }

    /** (0.2 - 0.5) ln(0.2 / 0.5) + (0.8 - 0.5) ln(0.8 / 0.5). */
    @Test
    void byHand() {
        Bins bins = new Bins(List.of(10.0), List.of(50L, 50L), 100);

        assertThat(bins.psi(new double[] {1, 10, 11, 12, 13})).isCloseTo(0.41588830833596715, within(1e-12));
    }

    /** Of two normal distributions that lie d standard deviations apart it is d squared, but for the bins. */
    @Test
    void aShiftOfHalfAStandardDeviationIsAQuarter() {
        Random random = new Random(7);
        double[] then =
                random.doubles(200_000).map(ignored -> random.nextGaussian()).toArray();
        double[] now = random.doubles(200_000)
                .map(ignored -> random.nextGaussian() + 0.5)
                .toArray();

        assertThat(Bins.of(then, 1).psi(now)).isBetween(0.2, 0.25);
    }

    @Test
    void equalValuesShareABinAndAnEmptyBinIsNoInfinity() {
        Bins bins = Bins.of(new double[] {1, 1, 1, 1, 2, 2, 2, 3, 3, 3}, 10);

        assertThat(bins.edges()).containsExactly(2.0, 3.0);
        assertThat(bins.counts()).containsExactly(4L, 3L, 3L);
        assertThat(bins.psi(new double[] {9, 9})).isFinite().isGreaterThan(1);
    }

    /** Newcombe 1998, Stat Med 17:857, table I, method 3. */
    @Test
    void sharesHaveWilsonsInterval() {
        Share some = new Share(81, 263);
        assertThat(some.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(some.high()).isCloseTo(0.3662, within(5e-5));
        Share none = new Share(0, 20);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(5e-5));
    }
}
