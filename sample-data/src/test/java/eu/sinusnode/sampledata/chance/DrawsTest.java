package eu.sinusnode.sampledata.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final int SAMPLES = 200_000;
    private static final double FIRST_DRAW = 0.40581721633985957;

    @Property
    void aStreamDependsOnSeedSubjectAndTopicAlone(@ForAll long seed, @ForAll long subject, @ForAll String topic) {
        Draws one = Draws.of(seed, subject, topic);
        Draws two = Draws.of(seed, subject, topic);

        for (int i = 0; i < 20; i++) {
            assertThat(one.gaussian()).isEqualTo(two.gaussian());
        }
        assertThat(one.uniform())
                .isNotEqualTo(Draws.of(seed + 1, subject, topic).uniform());
        assertThat(one.uniform())
                .isNotEqualTo(Draws.of(seed, subject + 1, topic).uniform());
        assertThat(one.uniform())
                .isNotEqualTo(Draws.of(seed, subject, topic + "x").uniform());
    }

    /** A change of this value changes every cohort ever generated: it must be a decision. */
    @Test
    void theFirstDrawOfAStreamIsFixed() {
        assertThat(Draws.of(1, 7, "weight").uniform()).isEqualTo(FIRST_DRAW);
    }

    @Test
    void neighbouringSubjectsAreUncorrelated() {
        double sum = 0;
        for (int subject = 0; subject < SAMPLES; subject++) {
            double here = Draws.of(1, subject, "topic").uniform() - 0.5;
            double next = Draws.of(1, subject + 1, "topic").uniform() - 0.5;
            sum += here * next;
        }

        assertThat(12 * sum / SAMPLES).isCloseTo(0, within(0.01));
    }

    @Test
    void gaussianHasMeanZeroAndVarianceOne() {
        assertMoments(Draws.of(3, 1, "gaussian")::gaussian, 0, 1);
    }

    @Test
    void exponentialHasItsMean() {
        Draws draws = Draws.of(3, 1, "exponential");

        assertMoments(() -> draws.exponential(2.5), 2.5, 2.5 * 2.5);
    }

    @Property(tries = 10)
    void gammaHasItsMoments(@ForAll @DoubleRange(min = 1, max = 12) double shape) {
        Draws draws = Draws.of(3, 1, "gamma");

        assertMoments(() -> draws.gamma(shape, 2), 2 * shape, 4 * shape);
    }

    @Test
    void gammaRefusesAShapeThatItsMethodDoesNotCover() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Draws.of(1, 1, "gamma").gamma(0.5, 1))
                .withMessageContaining("shape");
    }

    @Test
    void weightedFollowsTheWeights() {
        Draws draws = Draws.of(5, 1, "weighted");
        int[] counts = new int[3];
        for (int i = 0; i < SAMPLES; i++) {
            counts[draws.weighted(1, 0, 3)]++;
        }

        assertThat(counts[0] / (double) SAMPLES).isCloseTo(0.25, within(0.005));
        assertThat(counts[1]).isZero();
    }

    @Property
    void wholeStaysInside(@ForAll long seed) {
        assertThat(Draws.of(seed, 1, "whole").whole(3, 5)).isBetween(3, 5);
    }

    private static void assertMoments(DoubleSupplier supplier, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double value = supplier.getAsDouble();
            sum += value;
            squares += (value - mean) * (value - mean);
        }
        double sd = Math.sqrt(variance);
        assertThat(sum / SAMPLES).isCloseTo(mean, within(0.012 * sd));
        assertThat(squares / SAMPLES).isCloseTo(variance, within(0.03 * variance));
    }
}
