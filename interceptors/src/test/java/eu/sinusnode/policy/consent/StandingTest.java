package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Directive OF_ANNA = Directives.permit(World.ANNA, World.CLINIC, Purpose.TREAT, Target.ALL);
    private static final Directive OF_BERND = Directives.permit(World.BERND, World.CLINIC, Purpose.TREAT, Target.ALL);

    @Test
    void whatAnotherPatientPermitsOpensNothing() {
        assertThat(new Standing(World.ANNA, true, List.of(OF_BERND, OF_ANNA)).directives())
                .containsExactly(OF_ANNA);
        assertThat(new Standing(World.ANNA, true, List.of(OF_BERND), null, false)
                        .byConsent()
                        .directives())
                .isEmpty();
    }
}
