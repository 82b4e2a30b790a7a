package eu.sinusnode.analysis.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {

    @Test
    void oneRecordAloneGivesAFigureWithoutAnInterval() {
        ClusterBootstrap bootstrap = new ClusterBootstrap(List.of("a"));

        assertThat(bootstrap.caution("records"))
                .hasValueSatisfying(note -> assertThat(note).contains("no interval"));
        assertThat(bootstrap.estimate(drawn -> 0.5)).isEqualTo(new Estimate(0.5, null, null));
    }

    @Test
    void theIntervalHoldsWhatWasMeasuredAndIsTheSameEachTime() {
        List<String> records = List.of("a", "b", "c", "d", "e");
        Estimate estimate = new ClusterBootstrap(records).estimate(drawn -> drawn.getOrDefault("a", 0));

        assertThat(estimate.value()).isEqualTo(1);
        assertThat(estimate.low()).isZero();
        assertThat(estimate.high()).isGreaterThan(1);
        assertThat(estimate).isEqualTo(new ClusterBootstrap(records).estimate(drawn -> drawn.getOrDefault("a", 0)));
    }

    @Test
    void ofFewRecordsTheIntervalIsNotToBeTrusted() {
        List<String> ten = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

        assertThat(new ClusterBootstrap(ten.subList(0, 9)).caution("records"))
                .hasValueSatisfying(note -> assertThat(note).contains("9 records", "narrower"));
        assertThat(new ClusterBootstrap(ten).caution("records")).isEmpty();
    }

    @Test
    void resamplesInWhichAFigureCannotBeMeasuredAreLeftOut() {
        Estimate estimate =
                new ClusterBootstrap(List.of("a", "b")).estimate(drawn -> drawn.containsKey("a") ? 0.7 : Double.NaN);

        assertThat(estimate).isEqualTo(new Estimate(0.7, 0.7, 0.7));
    }
}
