package eu.sinusnode.server.export.job;

import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads records straight from the storage's tables, from one snapshot. Which ones and how long they are comes first, the
 * records then in batches of a few megabytes: what is in memory is bounded by bytes, not by a number of records.
 */
class RecordCursor {

    private static final int FOUND_AT_ONCE = 2_000;
    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = 4 << 20;

    /** Whatever refers to the patient; whose a record is in truth is decided when it has been read. */
    private static final String OF_PATIENT = """
            WITH own AS (
                SELECT p.res_id FROM public.hfj_resource p WHERE p.res_type = 'Patient' AND p.fhir_id = ?
            ), linked AS (
                SELECT o.res_id FROM own o
                UNION
                SELECT l.src_resource_id FROM own o JOIN public.hfj_res_link l ON l.target_resource_id = o.res_id
            )
            """;

    /** A Provenance names its target and not the patient. */
    private static final String WITH_PROVENANCES = OF_PATIENT + """
            , found AS (
                SELECT l.res_id FROM linked l
                UNION
                SELECT p.src_resource_id FROM linked l JOIN public.hfj_res_link p ON p.target_resource_id = l.res_id
                WHERE p.source_resource_type = 'Provenance'
            )
            """;

    private static final String NAMED = """
            WITH found AS (
                SELECT r.res_id FROM unnest(?::text[]) AS n (path) JOIN public.hfj_resource r
                    ON r.res_type = split_part(n.path, '/', 1) AND r.fhir_id = split_part(n.path, '/', 2)
            )
            """;

    private static final String CURRENT = """
            SELECT r.res_id, r.res_ver, r.res_type, octet_length(v.res_text_vc)
            FROM %s f JOIN public.hfj_resource r ON r.res_id = f.res_id
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = ANY (?) AND r.res_deleted_at IS NULL AND r.res_updated > ? AND r.res_updated < ?
            """;

    /** Their links went with them, so whose they were is remembered in a table of our own. */
    private static final String DELETED = """
            SELECT r.res_type, r.fhir_id
            FROM sinusnode.deleted_record g
            JOIN public.hfj_resource r ON r.res_type = g.resource_type AND r.fhir_id = g.record::text
            WHERE g.patient = ?::uuid AND r.res_type = ANY (?) AND r.res_deleted_at IS NOT NULL
                AND r.res_updated > ? AND r.res_updated < ?
            ORDER BY r.res_type, r.res_id
            """;

    private static final String RECORDS = """
            SELECT %s
            FROM unnest(?::bigint[], ?::bigint[]) AS k (res_id, res_ver)
            JOIN public.hfj_resource r ON r.res_id = k.res_id
            JOIN public.hfj_res_ver v ON v.res_id = k.res_id AND v.res_ver = k.res_ver
            """.formatted(StoredRecord.COLUMNS);

    private static final Timestamp BEGINNING = new Timestamp(0);
    private static final Timestamp END = Timestamp.valueOf("9999-12-31 00:00:00");

    private final DataSource dataSource;

    /** Which records: of these types, changed within these instants; of some types only those with these keys. */
    record Wanted(
            Set<String> types,
            @Nullable Instant since,
            @Nullable Instant until,
            Map<String, Set<Long>> keys) {}

    private record Key(long id, long version) {}

    RecordCursor(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The Patient, what refers to it, and the Provenances of all that; then, when an instant is given since when, what was
     * deleted of the patient's.
     */
    void ofPatient(String patientId, Wanted wanted, RecordSink sink, DeletionSink deletions)
            throws IOException, SQLException {
        boolean provenances = wanted.types().contains("Provenance");
        String sql =
                provenances ? WITH_PROVENANCES + CURRENT.formatted("found") : OF_PATIENT + CURRENT.formatted("linked");
        inSnapshot(connection -> {
            current(connection, sql, statement -> statement.setString(1, patientId), wanted, sink);
            if (wanted.since() != null) {
                deleted(connection, patientId, wanted, deletions);
            }
        });
    }

    /** @param paths {@code Type/id} */
    void named(Collection<String> paths, Wanted wanted, RecordSink sink) throws IOException, SQLException {
        inSnapshot(connection -> current(
                connection,
                NAMED + CURRENT.formatted("found"),
                statement -> statement.setArray(1, connection.createArrayOf("text", paths.toArray())),
                wanted,
                sink));
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reading {
        void on(Connection connection) throws IOException, SQLException;
    }

    private void inSnapshot(Reading reading) throws IOException, SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                reading.on(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    private static void current(Connection connection, String sql, Binding first, Wanted wanted, RecordSink sink)
            throws IOException, SQLException {
        try (PreparedStatement found = connection.prepareStatement(sql);
                PreparedStatement records = connection.prepareStatement(RECORDS)) {
            first.bind(found);
            bindWanted(connection, found, wanted);
            batches(connection, found, records, wanted.keys(), sink);
        }
    }

    private static void deleted(Connection connection, String patientId, Wanted wanted, DeletionSink deletions)
            throws IOException, SQLException {
        try (PreparedStatement found = connection.prepareStatement(DELETED)) {
            found.setString(1, patientId);
            bindWanted(connection, found, wanted);
            try (ResultSet row = found.executeQuery()) {
                while (row.next()) {
                    deletions.accept(
                            Objects.requireNonNull(row.getString(1)), Objects.requireNonNull(row.getString(2)));
                }
            }
        }
    }

    private static void bindWanted(Connection connection, PreparedStatement statement, Wanted wanted)
            throws SQLException {
        statement.setArray(2, connection.createArrayOf("text", wanted.types().toArray()));
        statement.setTimestamp(3, wanted.since() == null ? BEGINNING : Timestamp.from(wanted.since()));
        statement.setTimestamp(4, wanted.until() == null ? END : Timestamp.from(wanted.until()));
        statement.setFetchSize(FOUND_AT_ONCE);
    }

    private static void batches(
            Connection connection,
            PreparedStatement found,
            PreparedStatement records,
            Map<String, Set<Long>> keys,
            RecordSink sink)
            throws IOException, SQLException {
        List<Key> batch = new ArrayList<>();
        long bytes = 0;
        try (ResultSet row = found.executeQuery()) {
            while (row.next()) {
                Set<Long> only = keys.get(row.getString(3));
                if (only != null && !only.contains(row.getLong(1))) {
                    continue;
                }
                long length = row.getLong(4);
                if (!batch.isEmpty() && (batch.size() == MOST_RECORDS || bytes + length > MOST_BYTES)) {
                    hand(connection, records, batch, sink);
                    batch.clear();
                    bytes = 0;
                }
                batch.add(new Key(row.getLong(1), row.getLong(2)));
                bytes += length;
            }
        }
        if (!batch.isEmpty()) {
            hand(connection, records, batch, sink);
        }
    }

    private static void hand(Connection connection, PreparedStatement records, List<Key> batch, RecordSink sink)
            throws IOException, SQLException {
        records.setArray(1, array(connection, batch.stream().map(Key::id).toArray()));
        records.setArray(2, array(connection, batch.stream().map(Key::version).toArray()));
        try (ResultSet row = records.executeQuery()) {
            while (row.next()) {
                sink.accept(StoredRecord.read(row));
            }
        }
    }

    private static Array array(Connection connection, Object[] numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers);
    }
}
