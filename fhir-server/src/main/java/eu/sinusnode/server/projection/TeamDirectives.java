package eu.sinusnode.server.projection;

import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.TeamActors;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** Rules about CareTeams, on the running transaction, and what they say of the Organizations in them. */
class TeamDirectives {

    private static final String DELETE = "DELETE FROM sinusnode.team_directive WHERE consent = ?";

    /** Whoever stores a rule about a team, and whoever stores the team, wait for each other: one of them sees both. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?::text, 21))";

    private static final String NAMED_BEFORE =
            "SELECT DISTINCT care_team::text FROM sinusnode.team_directive WHERE consent = ?";

    private static final String OF_BEFORE = "DELETE FROM sinusnode.directive WHERE care_team = ?";

    private static final String OF_NOW = """
            INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization,
                practitioner, purpose, resource_type, code_system, code, labels, instance, bond_kind, bond_to,
                data_from, data_to, valid_from, valid_to, care_team)
            SELECT d.patient, d.consent, d.consent_version, d.provision, d.effect, m.party, NULL, d.purpose,
                d.resource_type, d.code_system, d.code, d.labels, d.instance, d.bond_kind, d.bond_to,
                d.data_from, d.data_to,
                greatest(d.valid_from, m.valid_from), least(d.valid_to, m.valid_to), d.care_team
            FROM sinusnode.team_directive d JOIN sinusnode.membership m ON m.source_type = 'CareTeam'
                AND m.source = d.care_team AND m.patient = d.patient AND m.relationship = 'CARE_TEAM'
            WHERE d.care_team = ? AND greatest(d.valid_from, m.valid_from) < least(d.valid_to, m.valid_to)
            ORDER BY d.team_directive, m.membership
            """;

    private final RunningTransaction transaction;

    TeamDirectives(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Waits for whoever stores one of the teams that the Consent has named until now or names from now on. It comes before
     * any rule of the Consent is taken away: what a team's transaction writes out meanwhile would be taken away by nobody.
     *
     * @param directives of the Consent, about CareTeams alone
     */
    void await(UUID consent, List<Directive> directives) {
        TreeSet<UUID> teams = teams(directives);
        transaction.queryForList(NAMED_BEFORE, String.class, consent).forEach(team -> teams.add(UUID.fromString(team)));
        teams.forEach(this::lock);
    }

    /** @param directives of the Consent, about CareTeams alone, for which was waited */
    void replace(UUID consent, List<Directive> directives) {
        transaction.update(DELETE, consent);
        transaction.batch(
                DirectiveRow.INSERT_OF_TEAM, directives, directive -> DirectiveRow.valuesOfTeam(consent, directive));
        teams(directives).forEach(this::resolve);
    }

    private static TreeSet<UUID> teams(List<Directive> directives) {
        TreeSet<UUID> teams = new TreeSet<>();
        directives.forEach(directive -> TeamActors.team(directive)
                .map(id -> ResourceIds.require("the Consent's actor", id))
                .ifPresent(teams::add));
        return teams;
    }

    private void lock(UUID team) {
        transaction.queryForList(LOCK, String.class, team);
    }

    /** Makes anew what rules about the team say of each Organization that takes part in it. */
    void resolve(UUID team) {
        lock(team);
        transaction.update(OF_BEFORE, team);
        transaction.update(OF_NOW, team);
    }
}
