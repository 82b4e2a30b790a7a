package eu.sinusnode.analysis.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogitLineTest {

    @Test
    void findsTheLineThatTheOutcomesWereDrawnWith() {
        LogitLine line = LogitLine.fit(Predictions.drawn(20_000, -0.7, 0.6), one -> 1);

        assertThat(line.intercept()).isCloseTo(-0.7, within(0.05));
        assertThat(line.slope()).isCloseTo(0.6, within(0.05));
    }

    @Test
    void aCalibratedModelHasSlopeOneAndNothingToAdd() {
        List<Predictions.One> scored = Predictions.drawn(20_000, 0, 1);
        Reliability reliability = Reliability.of(scored);

        assertThat(reliability.slope()).isCloseTo(1, within(0.05));
        assertThat(reliability.intercept()).isCloseTo(0, within(0.05));
        assertThat(reliability.bins().stream()
                        .mapToInt(Reliability.Bin::windows)
                        .sum())
                .isEqualTo(20_000);
    }

    @Test
    void whereNoLineIsTheBestThereIsNone() {
        List<Predictions.One> oneKind =
                List.of(new Predictions.One("a", true, 0.4), new Predictions.One("b", true, 0.9));
        List<Predictions.One> parted =
                List.of(new Predictions.One("a", false, 0.4), new Predictions.One("b", true, 0.9));

        assertThat(LogitLine.fit(oneKind, one -> 1).slope()).isNaN();
        assertThat(LogitLine.fit(parted, one -> 1).slope()).isNaN();
        assertThat(LogitLine.inTheLarge(oneKind, one -> 1)).isNaN();
    }

    @Test
    void aWeightOfTwoIsTheRowTwice() {
        List<Predictions.One> scored = Predictions.drawn(500, 0.2, 0.8);

        assertThat(LogitLine.fit(scored, one -> 2)).isEqualTo(LogitLine.fit(scored, one -> 2));
        assertThat(LogitLine.fit(scored, one -> 2).slope())
                .isCloseTo(LogitLine.fit(scored, one -> 1).slope(), within(1e-6));
    }
}
