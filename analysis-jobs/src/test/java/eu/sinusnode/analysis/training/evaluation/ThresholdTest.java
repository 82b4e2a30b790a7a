package eu.sinusnode.analysis.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    private static final List<Predictions.One> SCORED = List.of(
            new Predictions.One("a", true, 0.9),
            new Predictions.One("b", true, 0.5),
            new Predictions.One("c", false, 0.5),
            new Predictions.One("d", false, 0.1));

    @Test
    void tellsWhatAThresholdBringsAndCosts() {
        assertThat(Threshold.table(SCORED, 0.5, 0.6))
                .containsExactly(new Threshold(0.5, 1.0, 0.5, 0.6667, 75.0), new Threshold(0.6, 0.5, 1.0, 1.0, 25.0));
    }

    @Test
    void whoCallsNobodyHasNoPredictiveValue() {
        assertThat(Threshold.table(SCORED, 0.95).get(0).predictiveValue()).isNull();
    }
}
