package eu.sinusnode.policy.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rules about a CareTeam are rules about each Organization that takes part in it, for as long as it does: a short way to
 * name them, as a list is. Of a team in which nobody takes part there is no rule.
 */
public final class TeamActors {

    private static final String CARE_TEAM = "CareTeam/";

    private TeamActors() {}

    /** An Organization in a CareTeam of the patient. */
    public record Member(String organizationId, Validity within) {}

    /** The id of the CareTeam that a rule is about; empty when it is about somebody else. */
    public static Optional<String> team(Directive directive) {
        return Optional.ofNullable(directive.actor())
                .filter(actor -> actor.startsWith(CARE_TEAM))
                .map(actor -> actor.substring(CARE_TEAM.length()));
    }

    /** @param members by the id of the CareTeam */
    public static List<Directive> resolved(List<Directive> directives, Function<String, List<Member>> members) {
        List<Directive> resolved = new ArrayList<>();
        for (Directive directive : directives) {
            Optional<String> team = team(directive);
            if (team.isEmpty()) {
                resolved.add(directive);
            } else {
                members.apply(team.get()).stream()
                        .map(member -> of(directive, member))
                        .filter(of -> !of.validity().isEmpty())
                        .forEach(resolved::add);
            }
        }
        return resolved;
    }

    private static Directive of(Directive directive, Member member) {
        return new Directive(
                directive.effect(),
                directive.patientId(),
                directive.consentId(),
                directive.consentVersion(),
                directive.provision(),
                "Organization/" + member.organizationId(),
                directive.purpose(),
                directive.target(),
                directive.validity().and(member.within()));
    }
}
