package eu.sinusnode.policy.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.testing.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TeamActorsTest {

    private static final Validity YEAR = period("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    private static final Validity MARCH = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    private static final Map<String, List<TeamActors.Member>> TEAMS = Map.of(
            "heart",
            List.of(
                    new TeamActors.Member("clinic", Validity.ALWAYS),
                    new TeamActors.Member("rehab", MARCH),
                    new TeamActors.Member("former", period("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"))),
            "empty",
            List.of());

    @Test
    void aRuleAboutATeamIsOneAboutEachOrganizationWhileItTakesPart() {
        assertThat(resolved(of("CareTeam/heart")))
                .extracting(Directive::actor, Directive::validity)
                .containsExactly(tuple("Organization/clinic", YEAR), tuple("Organization/rehab", MARCH));
        assertThat(resolved(of("CareTeam/heart")).get(0).provision()).isEqualTo("provision");
    }

    @Test
    void aTeamWithoutMembersAndAnUnknownOneSayNothing() {
        assertThat(resolved(of("CareTeam/empty"))).isEmpty();
        assertThat(resolved(of("CareTeam/unknown"))).isEmpty();
    }

    @Test
    void otherRulesStayAsTheyAre() {
        for (@Nullable String actor : new String[] {"Organization/heart", "Practitioner/heart", null}) {
            Directive rule = of(actor);
            assertThat(resolved(rule)).containsExactly(rule);
        }
    }

    private static List<Directive> resolved(Directive directive) {
        return TeamActors.resolved(List.of(directive), team -> TEAMS.getOrDefault(team, List.of()));
    }

    private static Directive of(@Nullable String actor) {
        return new Directive(
                Directive.Effect.DENY, World.ANNA, "consent", 1, "provision", actor, Purpose.TREAT, Target.ALL, YEAR);
    }

    private static Validity period(String from, String to) {
        return new Validity(Instant.parse(from), Instant.parse(to));
    }
}
