package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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

    @Test
    void whoElseAsksOrLaterIsDecidedAnew() {
        Directive untilTomorrow = Directives.of(
                Directive.Effect.PERMIT,
                World.ANNA,
                World.CLINIC,
                Purpose.TREAT,
                Target.ALL,
                new Validity(Instant.EPOCH, World.NOW.plus(Duration.ofDays(1))));
        Standing standing = new Standing(World.ANNA, true, List.of(untilTomorrow));
        ConsentedRecord record = new ConsentedRecord("Condition", null, Set.of(), Set.of(), null);
        Caller clinician = clinician(World.CLINIC);
        Caller stranger = clinician("another-clinic");

        assertThat(standing.inForce(clinician, World.NOW).decide(record).isPermitted())
                .isTrue();
        assertThat(standing.inForce(stranger, World.NOW).decide(record).isPermitted())
                .isFalse();
        assertThat(standing.inForce(clinician, World.NOW).decide(record).isPermitted())
                .isTrue();
        assertThat(standing.inForce(clinician, World.NOW.plus(Duration.ofDays(2)))
                        .decide(record)
                        .isPermitted())
                .isFalse();
    }

    private static Caller clinician(String organizationId) {
        return new Caller(
                CallerKind.CLINICIAN,
                "client",
                "subject",
                "jti",
                organizationId,
                "DE",
                null,
                Purpose.TREAT,
                null,
                null,
                Scopes.parse("user/*.rs"),
                Set.of());
    }
}
