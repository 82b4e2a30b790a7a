package eu.sinusnode.analysis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RocCurveTest {

    @Test
    void equalsTheShareOfPairsInTheRightOrder() {
        List<ScoredWindow> windows = random(300);

        double pairs = 0;
        double right = 0;
        for (ScoredWindow positive : windows) {
            for (ScoredWindow negative : windows) {
                if (positive.window().positive() && !negative.window().positive()) {
                    pairs++;
                    right += positive.probability() > negative.probability()
                            ? 1
                            : positive.probability() == negative.probability() ? 0.5 : 0;
                }
            }
        }

        assertThat(RocCurve.auc(RocCurve.sorted(windows), one -> one.window().positive(), one -> 1))
                .isCloseTo(right / pairs, within(1e-12));
    }

    @Test
    void aWeightOfTwoIsTheWindowTwice() {
        List<ScoredWindow> windows = random(50);
        List<ScoredWindow> twice = new ArrayList<>(windows);
        windows.stream().filter(one -> one.window().record().equals("b")).forEach(twice::add);

        assertThat(RocCurve.auc(
                        RocCurve.sorted(windows),
                        one -> one.window().positive(),
                        one -> one.window().record().equals("b") ? 2 : 1))
                .isCloseTo(
                        RocCurve.auc(RocCurve.sorted(twice), one -> one.window().positive(), one -> 1), within(1e-12));
    }

    @Test
    void withoutPositivesThereIsNoFigure() {
        List<ScoredWindow> negatives =
                random(50).stream().filter(one -> !one.window().positive()).toList();

        assertThat(RocCurve.auc(RocCurve.sorted(negatives), one -> one.window().positive(), one -> 1))
                .isNaN();
        assertThat(Estimate.rounded(Double.NaN)).isNull();
    }

    private static List<ScoredWindow> random(int count) {
        Random random = new Random(9);
        List<ScoredWindow> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean positive = random.nextBoolean();
            // Few distinct scores, so that there are ties.
            double probability = Math.min(0.9, (random.nextInt(8) + (positive ? 2 : 0)) / 10.0);
            LabelledWindow window = new LabelledWindow(
                    i % 2 == 0 ? "a" : "b", 0, LabelledWindow.Stratum.N, positive, false, false, new double[0]);
            windows.add(new ScoredWindow(window, probability));
        }
        return windows;
    }
}
