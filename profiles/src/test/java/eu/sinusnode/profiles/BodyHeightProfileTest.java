package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyHeightProfileTest extends AbstractQuantityProfileTest {

    BodyHeightProfileTest() {
        super(
                "body-height",
                Canonicals.BODY_HEIGHT,
                "sn-bh-1",
                new Range("cm", 30, 260, 0.5),
                new Range("[in_i]", 12, 103, 0.5));
    }

    @Test
    void metresAreRefused() {
        assertThat(errors(measured(1.74, "m"))).isNotEmpty();
    }
}
