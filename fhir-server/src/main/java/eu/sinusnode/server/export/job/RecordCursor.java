package eu.sinusnode.server.export.job;

import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * Reads records straight from the storage's tables. Short ones come as they are found, long ones
 * afterwards in batches of a few megabytes: what is in memory is bounded by bytes, not by a number of records.
 */
class RecordCursor {

    /** Together the longest of the short records are as much as a batch of long ones may be. */
    private static final int FOUND_AT_ONCE = 500;

    static final int SHORT = 8 << 10;
    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = FOUND_AT_ONCE * SHORT;

    /** What {@link RecordSql#CURRENT} selects. */
    private static final int TYPE = 1;

    private static final int VERSION = 3;
    private static final int KEY = 8;
    private static final int LENGTH = 9;

    private static final Timestamp BEGINNING = new Timestamp(0);
    private static final Timestamp END = Timestamp.valueOf("9999-12-31 00:00:00");

    private final DataSource dataSource;

    /** Which records: of these types, changed within these instants; of some types only those with these keys. */
    record Wanted(
            Set<String> types,
            @Nullable Instant since,
            @Nullable Instant until,
            Map<String, Set<Long>> keys) {}

    /** In which order a patient's records come. */
    enum Order {
        AS_FOUND(""),
        /** The Patient first, then type by type. */
        BY_TYPE(RecordSql.BY_TYPE);

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }
    }

    private record Key(long id, long version) {}

    RecordCursor(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** What reads. */
    interface Reading {
        void from(Snapshot snapshot) throws IOException, SQLException;
    }

    /** Everything that is read sees the same records: those of the moment when the first was asked for. */
    void inSnapshot(Reading reading) throws IOException, SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement plans = connection.createStatement()) {
                plans.execute(RecordSql.PLANS);
                reading.from(new Snapshot(connection));
            } finally {
                connection.rollback();
            }
        }
    }

    /** The records as they were at one moment. For one thread. */
    static final class Snapshot {

        private final Connection connection;

        private Snapshot(Connection connection) {
            this.connection = connection;
        }

        /**
         * The Patient, what refers to it, and the Provenances of all that; then, when an instant is given since when, what was
         * deleted of the patient's.
         */
        void ofPatient(String patientId, Wanted wanted, Order order, RecordSink sink, DeletionSink deletions)
                throws IOException, SQLException {
            boolean provenances = wanted.types().contains("Provenance");
            String sql = provenances
                    ? RecordSql.WITH_PROVENANCES + RecordSql.CURRENT.formatted("found")
                    : RecordSql.OF_PATIENT + RecordSql.CURRENT.formatted("linked");
            current(connection, sql, statement -> statement.setString(1, patientId), wanted, order, sink);
            if (wanted.since() != null) {
                deleted(connection, patientId, wanted, deletions);
            }
        }

        /** @param paths {@code Type/id} */
        void named(Collection<String> paths, Wanted wanted, RecordSink sink) throws IOException, SQLException {
            current(
                    connection,
                    RecordSql.NAMED + RecordSql.CURRENT.formatted("found"),
                    statement -> statement.setArray(1, connection.createArrayOf("text", paths.toArray())),
                    wanted,
                    Order.AS_FOUND,
                    sink);
        }
    }

    private static void current(
            Connection connection, String sql, Binding first, Wanted wanted, Order order, RecordSink sink)
            throws IOException, SQLException {
        try (PreparedStatement found = connection.prepareStatement(sql + order.sql);
                PreparedStatement records = connection.prepareStatement(RecordSql.RECORDS)) {
            first.bind(found);
            bindWanted(connection, found, wanted);
            hand(found, wanted.keys(), order, new LongOnes(connection, records, sink), sink);
        }
    }

    private static void deleted(Connection connection, String patientId, Wanted wanted, DeletionSink deletions)
            throws IOException, SQLException {
        try (PreparedStatement found = connection.prepareStatement(RecordSql.DELETED)) {
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

    private static void hand(
            PreparedStatement found, Map<String, Set<Long>> keys, Order order, LongOnes longOnes, RecordSink sink)
            throws IOException, SQLException {
        String last = "";
        try (ResultSet row = found.executeQuery()) {
            while (row.next()) {
                String type = Objects.requireNonNull(row.getString(TYPE));
                Set<Long> only = keys.get(type);
                if (only != null && !only.contains(row.getLong(KEY))) {
                    continue;
                }
                if (order == Order.BY_TYPE && !type.equals(last)) {
                    longOnes.hand();
                    last = type;
                }
                if (row.getLong(LENGTH) <= SHORT) {
                    sink.accept(StoredRecord.read(row));
                } else {
                    longOnes.add(row);
                }
            }
        }
        longOnes.hand();
    }

    /** Those that wait to be read together. */
    private static final class LongOnes {

        private final Connection connection;
        private final PreparedStatement records;
        private final RecordSink sink;
        private final List<Key> batch = new ArrayList<>();
        private long bytes;

        private LongOnes(Connection connection, PreparedStatement records, RecordSink sink) {
            this.connection = connection;
            this.records = records;
            this.sink = sink;
        }

        private void add(ResultSet row) throws IOException, SQLException {
            long length = row.getLong(LENGTH);
            if (batch.size() == MOST_RECORDS || bytes + length > MOST_BYTES) {
                hand();
            }
            batch.add(new Key(row.getLong(KEY), row.getLong(VERSION)));
            bytes += length;
        }

        private void hand() throws IOException, SQLException {
            if (batch.isEmpty()) {
                return;
            }
            records.setArray(1, array(connection, batch.stream().map(Key::id).toArray()));
            records.setArray(
                    2, array(connection, batch.stream().map(Key::version).toArray()));
            batch.clear();
            bytes = 0;
            try (ResultSet row = records.executeQuery()) {
                while (row.next()) {
                    sink.accept(StoredRecord.read(row));
                }
            }
        }
    }

    private static Array array(Connection connection, Object[] numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers);
    }
}
