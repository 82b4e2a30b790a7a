package eu.sinusnode.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthCommandTest {

    @Test
    void theSteepestStepIsTold() {
        assertThat(GrowthCommand.steepest(List.of(4.0, 5.0, 10.0)))
                .hasValueSatisfying(figure -> assertThat(figure.ours()).isEqualTo(2.0));
        assertThat(GrowthCommand.steepest(List.of(8.0, 6.0)))
                .as("who gets faster says so")
                .hasValueSatisfying(figure -> assertThat(figure.ours()).isEqualTo(0.75));
    }

    @Test
    void oneSizeTellsNoGrowth() {
        assertThat(GrowthCommand.steepest(List.of(8.0))).isEmpty();
        assertThat(GrowthCommand.steepest(List.of())).isEmpty();
    }
}
