package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyTemperatureProfileTest extends AbstractQuantityProfileTest {

    BodyTemperatureProfileTest() {
        super(
                "body-temperature",
                Canonicals.BODY_TEMPERATURE,
                "sn-temp-1",
                new Range("Cel", 25, 45, 0.1),
                new Range("[degF]", 77, 113, 0.1));
    }

    @Test
    void kelvinIsRefused() {
        assertThat(errors(measured(310, "K"))).isNotEmpty();
    }
}
