package eu.sinusnode.server.upload;

import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.narrowing.SentIdentifier;
import eu.sinusnode.policy.narrowing.SentRecords;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.upload.SentRow.Key;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code sinusnode.sent_identifier}. Each call is one round trip, whatever the number of identifiers. */
public class SentIdentifierTable implements SentRecords {

    private static final String FIND = """
            SELECT k.n, i.record FROM unnest(?::uuid[], ?::uuid[]) WITH ORDINALITY AS k (patient, identifier, n)
            JOIN sinusnode.sent_identifier i ON i.patient = k.patient AND i.identifier = k.identifier
            WHERE ? OR i.sender = ?
            """;
    private static final String FORGET = """
            DELETE FROM sinusnode.sent_identifier WHERE patient = ANY (?) AND record = ANY (?) %s
            RETURNING record, identifier, sender
            """;
    /** Those of vital signs are many, and the others have an index. */
    private static final String OF_NO_VITAL = "AND NOT vital";

    private static final String KEEP = """
            INSERT INTO sinusnode.sent_identifier (patient, identifier, sender, record, vital)
            SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::boolean[]) ON CONFLICT DO NOTHING
            """;

    private final JdbcTemplate reads;
    private final RunningTransaction transaction;

    /**
     * @param lookups for what is found by keys: planned anew, a look for a thousand of them walks the table for as long as
     *     that has less than some 400,000 rows
     * @param storage the one that the storage works on
     */
    public SentIdentifierTable(DataSource lookups, DataSource storage) {
        this.reads = new JdbcTemplate(lookups);
        this.transaction = new RunningTransaction(storage);
    }

    @Override
    public Map<SentIdentifier, String> find(Sender sender, Collection<SentIdentifier> identifiers) {
        List<SentIdentifier> asked = identifiers.stream()
                .filter(identifier -> ResourceIds.parse(identifier.patientId()).isPresent())
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        List<Key> keys = asked.stream().map(Key::of).toList();
        Map<SentIdentifier, String> found = new HashMap<>();
        reads.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(FIND);
                    statement.setArray(1, array(connection, "uuid", keys, Key::patient));
                    statement.setArray(2, array(connection, "uuid", keys, Key::identifier));
                    statement.setBoolean(3, sender.recognisesAll());
                    statement.setObject(4, SentRow.number(sender));
                    return statement;
                },
                (ResultSet row) -> {
                    found.put(asked.get(row.getInt(1) - 1), row.getString(2));
                });
        return found;
    }

    /**
     * Takes the identifiers from the records that are written anew.
     *
     * @param observations whether there are Observations among them
     * @return who had brought which
     */
    Map<SentRow.Named, Set<UUID>> forget(Collection<UUID> patients, Collection<UUID> records, boolean observations) {
        if (records.isEmpty()) {
            return Map.of();
        }
        return transaction.execute(connection -> {
            Map<SentRow.Named, Set<UUID>> senders = new HashMap<>();
            try (PreparedStatement statement =
                    connection.prepareStatement(FORGET.formatted(observations ? "" : OF_NO_VITAL))) {
                statement.setArray(1, connection.createArrayOf("uuid", patients.toArray()));
                statement.setArray(2, connection.createArrayOf("uuid", records.toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        senders.computeIfAbsent(
                                        new SentRow.Named(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)),
                                        named -> new HashSet<>())
                                .add(rows.getObject(3, UUID.class));
                    }
                }
            }
            return senders;
        });
    }

    /** @return how many were kept; fewer than asked when some stand for another record of their sender */
    int keep(Collection<SentRow> kept) {
        if (kept.isEmpty()) {
            return 0;
        }
        List<SentRow> rows = new ArrayList<>(kept);
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
                statement.setArray(
                        1, array(connection, "uuid", rows, row -> row.key().patient()));
                statement.setArray(
                        2, array(connection, "uuid", rows, row -> row.key().identifier()));
                statement.setArray(3, array(connection, "uuid", rows, SentRow::sender));
                statement.setArray(4, array(connection, "uuid", rows, SentRow::record));
                statement.setArray(5, array(connection, "boolean", rows, SentRow::vital));
                return statement.executeUpdate();
            }
        });
    }

    private static <T> Array array(Connection connection, String type, List<T> rows, Function<T, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }
}
