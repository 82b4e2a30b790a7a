package eu.sinusnode.server.upload;

import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code sinusnode.vital_identifier}. Each call is one round trip, whatever the number of identifiers. */
public class VitalIdentifierTable {

    private static final String KNOWN = """
            SELECT k.patient, k.value, i.observation FROM unnest(?::uuid[], ?::text[]) AS k (patient, value)
            JOIN sinusnode.vital_identifier i ON i.patient = k.patient AND i.value = k.value
            """;
    private static final String FORGET =
            "DELETE FROM sinusnode.vital_identifier WHERE patient = ANY (?) AND observation = ANY (?)";
    private static final String KEEP = """
            INSERT INTO sinusnode.vital_identifier (patient, value, observation)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::uuid[]) ON CONFLICT DO NOTHING
            """;

    private final JdbcTemplate reads;
    private final RunningTransaction transaction;

    /** @param dataSource the one that the storage works on */
    public VitalIdentifierTable(DataSource dataSource) {
        this.reads = new JdbcTemplate(dataSource);
        this.transaction = new RunningTransaction(dataSource);
    }

    /** Those that an Observation is stored for. */
    Set<VitalIdentifier> known(Collection<VitalIdentifier> identifiers) {
        return observations(identifiers).keySet();
    }

    /** Those that an Observation is stored for, with its id. */
    public Map<VitalIdentifier, UUID> observations(Collection<VitalIdentifier> identifiers) {
        if (identifiers.isEmpty()) {
            return Map.of();
        }
        List<VitalIdentifier> asked = List.copyOf(identifiers);
        Map<VitalIdentifier, UUID> known = new HashMap<>();
        reads.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(KNOWN);
                    statement.setArray(1, array(connection, "uuid", asked, VitalIdentifier::patient));
                    statement.setArray(2, array(connection, "text", asked, VitalIdentifier::value));
                    return statement;
                },
                (ResultSet row) -> {
                    known.put(
                            new VitalIdentifier(row.getObject(1, UUID.class), row.getString(2)),
                            row.getObject(3, UUID.class));
                });
        return known;
    }

    /** Takes the identifiers from the Observations that are written anew. */
    void forget(Collection<UUID> patients, Collection<UUID> observations) {
        if (observations.isEmpty()) {
            return;
        }
        transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.setArray(1, connection.createArrayOf("uuid", patients.toArray()));
                statement.setArray(2, connection.createArrayOf("uuid", observations.toArray()));
                return statement.executeUpdate();
            }
        });
    }

    /** @return how many were kept; fewer than asked when some stand for another Observation */
    int keep(List<Map.Entry<VitalIdentifier, UUID>> identifiers) {
        if (identifiers.isEmpty()) {
            return 0;
        }
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
                statement.setArray(1, array(connection, "uuid", identifiers, entry -> entry.getKey()
                        .patient()));
                statement.setArray(2, array(connection, "text", identifiers, entry -> entry.getKey()
                        .value()));
                statement.setArray(3, array(connection, "uuid", identifiers, Map.Entry::getValue));
                return statement.executeUpdate();
            }
        });
    }

    private static <T> Array array(Connection connection, String type, List<T> rows, Function<T, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
