package eu.sinusnode.analysis.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RocCurveTest {

    @Test
    void equalsTheShareOfPairsInTheRightOrder() {
        List<Predictions.One> scored = Predictions.random(300);

        double pairs = 0;
        double right = 0;
        for (Predictions.One positive : scored) {
            for (Predictions.One negative : scored) {
                if (positive.positive() && !negative.positive()) {
                    pairs++;
                    right += positive.probability() > negative.probability()
                            ? 1
                            : positive.probability() == negative.probability() ? 0.5 : 0;
                }
            }
        }

        assertThat(auc(scored)).isCloseTo(right / pairs, within(1e-12));
    }

    @Test
    void aWeightOfTwoIsTheRowTwice() {
        List<Predictions.One> scored = Predictions.random(50);
        List<Predictions.One> twice = new ArrayList<>(scored);
        scored.stream().filter(one -> one.cluster().equals("b")).forEach(twice::add);

        assertThat(RocCurve.auc(
                        RocCurve.sorted(scored),
                        Prediction::positive,
                        one -> one.cluster().equals("b") ? 2 : 1))
                .isCloseTo(auc(twice), within(1e-12));
    }

    @Test
    void withoutPositivesThereIsNoFigure() {
        List<Predictions.One> negatives =
                Predictions.random(50).stream().filter(one -> !one.positive()).toList();

        assertThat(auc(negatives)).isNaN();
        assertThat(Estimate.rounded(Double.NaN)).isNull();
    }

    private static double auc(List<Predictions.One> scored) {
        return RocCurve.auc(RocCurve.sorted(scored), Prediction::positive, one -> 1);
    }
}
