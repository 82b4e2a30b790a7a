package eu.sinusnode.server.projection;

import eu.sinusnode.policy.consent.TeamActors;
import eu.sinusnode.policy.consent.Validity;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which Organizations take part in a patient's CareTeam, from when until when. */
public class CareTeamMembers {

    private static final String MEMBERS = """
            SELECT m.party::text, m.valid_from, m.valid_to FROM sinusnode.membership m
            WHERE m.source_type = 'CareTeam' AND m.source = :team AND m.relationship = 'CARE_TEAM'
                AND m.patient = :patient ORDER BY m.membership
            """;

    private final JdbcClient jdbc;

    public CareTeamMembers(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Empty for a team that is unknown, or another patient's. */
    public List<TeamActors.Member> of(String patientId, String careTeamId) {
        Optional<UUID> patient = ResourceIds.parse(patientId);
        Optional<UUID> team = ResourceIds.parse(careTeamId);
        if (patient.isEmpty() || team.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(MEMBERS)
                .param("team", team.get())
                .param("patient", patient.get())
                .query((row, number) -> new TeamActors.Member(
                        Objects.requireNonNull(row.getString(1)),
                        new Validity(
                                eu.sinusnode.server.projection.Validity.readFrom(
                                        Objects.requireNonNull(row.getObject(2, OffsetDateTime.class))),
                                eu.sinusnode.server.projection.Validity.readTo(
                                        Objects.requireNonNull(row.getObject(3, OffsetDateTime.class))))))
                .list();
    }
}
