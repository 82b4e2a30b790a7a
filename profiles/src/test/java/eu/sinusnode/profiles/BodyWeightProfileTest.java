package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyWeightProfileTest extends AbstractProfileTest {

    BodyWeightProfileTest() {
        super("body-weight", Canonicals.BODY_WEIGHT);
    }

    @ParameterizedTest
    @CsvSource({"kg,20", "kg,400", "g,20000", "g,400000", "[lb_av],44", "[lb_av],882"})
    void weightsAtTheEdgeAreAcceptedInEachUnit(String unit, double value) {
        assertThat(errors(weight(unit, value))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kg,19.9", "kg,400.1", "g,80", "[lb_av],883", "[lb_av],20"})
    void implausibleWeightsAreRefusedInEachUnit(String unit, double value) {
        assertThat(errorCodes(weight(unit, value))).containsExactly("sn-bw-1");
    }

    @Test
    void otherUnitIsRefused() {
        assertThat(errors(weight("[stone_av]", 12))).isNotEmpty();
    }

    private Observation weight(String unit, double value) {
        return changed(
                Observation.class,
                weight ->
                        weight.getValueQuantity().setValue(value).setUnit(unit).setCode(unit));
    }
}
