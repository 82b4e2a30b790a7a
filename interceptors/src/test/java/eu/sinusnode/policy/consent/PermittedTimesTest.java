package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PermittedTimesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Code HEART_RATE = new Code(Codes.LOINC, Codes.HEART_RATE);

    @Test
    void withoutATimeInAnyRuleItIsAllOrNothing() {
        assertThat(of(permit(null, null))).isEqualTo(PermittedTimes.ALL);
        assertThat(of()).isEmpty();
    }

    @Test
    void aDenyWithinAPermitLeavesWhatIsBeforeAndBehind() {
        assertThat(of(permit("2024-01-01", "2025-01-01"), deny("2024-05-01", "2024-06-01")))
                .containsExactly(period("2024-01-01", "2024-05-01"), period("2024-06-01", "2025-01-01"));
        assertThat(of(permit(null, null), deny("2024-05-01", null)))
                .containsExactly(new Validity(Instant.MIN, at("2024-05-01")));
    }

    @Test
    void theShorterPeriodWins() {
        assertThat(of(
                        permit("2024-01-01", "2025-01-01"),
                        deny("2024-05-01", "2024-06-01"),
                        permit("2024-05-10", "2024-05-11")))
                .containsExactly(
                        period("2024-01-01", "2024-05-01"),
                        period("2024-05-10", "2024-05-11"),
                        period("2024-06-01", "2025-01-01"));
    }

    @Test
    void stretchesThatTouchAreOne() {
        assertThat(of(permit("2024-01-01", "2024-02-01"), permit("2024-02-01", "2024-03-01")))
                .containsExactly(period("2024-01-01", "2024-03-01"));
    }

    /** The reader does not know whether the record carries the other code, too. */
    @Test
    void aDenyOfASingleCodeLeavesNothing() {
        Target weight = new Target("Observation", new Code(Codes.LOINC, Codes.BODY_WEIGHT), Set.of(), null, null);

        assertThat(of(permit(null, null), Directives.deny(World.ANNA, World.CLINIC, Purpose.TREAT, weight)))
                .isEmpty();
    }

    private static List<Validity> of(Directive... directives) {
        ConsentRequest request = new ConsentRequest(Set.of("Organization/" + World.CLINIC), Purpose.TREAT);
        return PermittedTimes.of(List.of(directives), request, "Observation", HEART_RATE, NOW);
    }

    private static Directive permit(@Nullable String from, @Nullable String to) {
        return Directives.permit(World.ANNA, World.CLINIC, Purpose.TREAT, target(from, to));
    }

    private static Directive deny(@Nullable String from, @Nullable String to) {
        return Directives.deny(World.ANNA, World.CLINIC, Purpose.TREAT, target(from, to));
    }

    private static Target target(@Nullable String from, @Nullable String to) {
        return new Target(
                null, null, Set.of(), from == null ? null : new Validity(at(from), to == null ? null : at(to)), null);
    }

    private static Validity period(String from, String to) {
        return new Validity(at(from), at(to));
    }

    private static Instant at(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }
}
