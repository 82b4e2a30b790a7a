package eu.sinusnode.analysis.rhythm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RrWindowTest {

    @Test
    void theLimitsArePlausibleAndBeyondThemIsNot() {
        assertThat(RrWindow.isPlausible(299)).isFalse();
        assertThat(RrWindow.isPlausible(300)).isTrue();
        assertThat(RrWindow.isPlausible(2000)).isTrue();
        assertThat(RrWindow.isPlausible(2001)).isFalse();
    }

    @Test
    void threeArtefactsAreTakenOutAndFourMakeTheWindowUnusable() {
        int[] series = new int[60];
        Arrays.fill(series, 800);
        Arrays.fill(series, 5, 8, 90);
        Arrays.fill(series, 40, 44, 2600);

        assertThat(RrWindow.of(series))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.isUsable()).isTrue();
                            assertThat(first.intervals()).hasSize(27).containsOnly(800);
                        },
                        second -> {
                            assertThat(second.firstBeat()).isEqualTo(30);
                            assertThat(second.rejected()).isEqualTo(4);
                            assertThat(second.isUsable()).isFalse();
                        });
    }
}
