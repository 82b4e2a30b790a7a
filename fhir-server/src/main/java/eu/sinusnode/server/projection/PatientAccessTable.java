package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.narrowing.Membership;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may see one patient's records, now or later, whoever it is: all that Consents and memberships say. */
public class PatientAccessTable {

    private static final String DIRECTIVES = "SELECT " + DirectiveRow.COLUMNS
            + " FROM sinusnode.directive p WHERE p.patient = :patient ORDER BY p.directive";
    private static final String MEMBERSHIPS = """
            SELECT m.patient, m.party, m.relationship, m.source_type, m.source, m.valid_from, m.valid_to
            FROM sinusnode.membership m WHERE m.patient = :patient ORDER BY m.membership
            """;

    private final JdbcClient jdbc;

    /** @param dataSource in a transaction of the storage, its rows as the transaction sees them */
    public PatientAccessTable(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public List<Directive> directives(UUID patient) {
        return jdbc.sql(DIRECTIVES)
                .param("patient", patient)
                .query((row, number) -> DirectiveRow.read(row))
                .list();
    }

    public List<Membership> memberships(UUID patient) {
        return jdbc.sql(MEMBERSHIPS)
                .param("patient", patient)
                .query((row, number) -> membership(row))
                .list();
    }

    private static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                required(row, 1),
                required(row, 2),
                Relationship.valueOf(required(row, 3)),
                required(row, 4),
                required(row, 5),
                Validity.readFrom(Objects.requireNonNull(row.getObject(6, OffsetDateTime.class))),
                Validity.readTo(Objects.requireNonNull(row.getObject(7, OffsetDateTime.class))));
    }

    private static String required(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getString(column));
    }
}
