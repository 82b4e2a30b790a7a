package eu.sinusnode.server.fulltext.table;

import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes {@code sinusnode.full_text} on the running transaction. */
public final class TextTable {

    /** Stands in no code and no value. */
    private static final String BETWEEN = "\u001f";

    private static final String WRITTEN = "(SELECT pg_current_xact_id()::text::bigint)";

    private static final String PUT = """
            INSERT INTO sinusnode.full_text (resource_type, resource, version, language, patients, limits, narrative,
                content, gone, forgotten, change_sequence)
            SELECT r.type, r.id, r.version, r.language, string_to_array(r.patients, ',')::uuid[],
                string_to_array(r.limits, chr(31)), r.narrative, r.content, false, false, %s
            FROM unnest(?::text[], ?::uuid[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS r (type, id, version, language, patients, limits, narrative, content)
            ON CONFLICT (resource, resource_type) DO UPDATE SET version = EXCLUDED.version,
                language = EXCLUDED.language, patients = EXCLUDED.patients, limits = EXCLUDED.limits,
                narrative = EXCLUDED.narrative, content = EXCLUDED.content, gone = false, forgotten = false,
                change_sequence = EXCLUDED.change_sequence
            """.formatted(WRITTEN);

    private static final String EMPTY =
            "language = '-', patients = '{}', limits = '{}', narrative = '', content = '', gone = true";

    private static final String TAKE_OUT = """
            UPDATE sinusnode.full_text f SET version = r.version, %s, change_sequence = %s
            FROM unnest(?::text[], ?::uuid[], ?::integer[]) AS r (type, id, version)
            WHERE f.resource_type = r.type AND f.resource = r.id AND NOT f.gone
            """.formatted(EMPTY, WRITTEN);

    private static final String FORGET = """
            UPDATE sinusnode.full_text SET %s, forgotten = true, change_sequence = %s WHERE ?::uuid = ANY (patients)
            """.formatted(EMPTY, WRITTEN);

    private static final String FORGET_RECORDS = """
            UPDATE sinusnode.full_text SET %s, forgotten = true, change_sequence = %s WHERE resource = ANY (?)
            """.formatted(EMPTY, WRITTEN);

    private final RunningTransaction transaction;

    public TextTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** Puts the words of records in the place of what is there; of those that are gone, nothing stays but the id. */
    public void put(List<TextRow> rows) {
        // In one order everywhere, so that two transactions never wait for each other.
        List<TextRow> ordered =
                rows.stream().sorted(Comparator.comparing(TextRow::path)).toList();
        List<TextRow> present = ordered.stream().filter(row -> !row.gone()).toList();
        List<TextRow> gone = ordered.stream().filter(TextRow::gone).toList();
        if (!present.isEmpty()) {
            transaction.execute(connection -> insert(connection, present));
        }
        if (!gone.isEmpty()) {
            transaction.execute(connection -> takeOut(connection, gone));
        }
    }

    /**
     * Erases the words of all records of a patient, those that the patient shares with others too.
     *
     * @return how many records had words
     */
    public int forget(UUID patient) {
        return transaction.update(FORGET, patient);
    }

    /** Erases the words of records, those too that are gone already: an index may hold what was deleted in its files. */
    public int forgetRecords(Collection<UUID> records) {
        return transaction.update(FORGET_RECORDS, (Object) records.toArray(UUID[]::new));
    }

    private static int insert(Connection connection, List<TextRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setArray(1, array(connection, "text", rows, TextRow::resourceType));
            statement.setArray(2, array(connection, "uuid", rows, TextRow::resource));
            statement.setArray(3, array(connection, "int4", rows, TextRow::version));
            statement.setArray(4, array(connection, "text", rows, TextRow::language));
            statement.setArray(5, array(connection, "text", rows, row -> row.patients().stream()
                    .map(UUID::toString)
                    .collect(Collectors.joining(","))));
            statement.setArray(6, array(connection, "text", rows, row -> String.join(BETWEEN, row.limits())));
            statement.setArray(7, array(connection, "text", rows, TextRow::narrative));
            statement.setArray(8, array(connection, "text", rows, TextRow::content));
            return statement.executeUpdate();
        }
    }

    private static int takeOut(Connection connection, List<TextRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_OUT)) {
            statement.setArray(1, array(connection, "text", rows, TextRow::resourceType));
            statement.setArray(2, array(connection, "uuid", rows, TextRow::resource));
            statement.setArray(3, array(connection, "int4", rows, TextRow::version));
            return statement.executeUpdate();
        }
    }

    private static Array array(Connection connection, String type, List<TextRow> rows, Function<TextRow, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
