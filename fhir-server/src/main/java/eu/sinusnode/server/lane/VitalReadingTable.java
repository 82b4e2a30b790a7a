package eu.sinusnode.server.lane;

import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Writes {@code sinusnode.vital_reading}, many rows with one statement, on the running transaction. */
public class VitalReadingTable {

    private static final String DELETE = "DELETE FROM sinusnode.vital_reading WHERE observation = ANY (?)";

    // The arrays travel as they are: one statement, one round trip, whatever the number of rows. The kind of the Device
    // is joined from the table that the same transactions keep, so no cache can be stale, here or on another node.
    private static final String INSERT = """
            INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation, version,
                offset_minutes, code, status, device_kind, setting, author)
            SELECT r.effective, r.value, (SELECT pg_current_xact_id()::text::bigint), r.patient, r.observation,
                r.version, r.offset_minutes, r.code, r.status::"char", COALESCE(d.kind, '-'), r.setting::"char",
                r.author::"char"
            FROM unnest(?::timestamptz[], ?::double precision[], ?::uuid[], ?::uuid[], ?::integer[], ?::smallint[],
                ?::smallint[], ?::text[], ?::text[], ?::text[], ?::uuid[])
                AS r (effective, value, patient, observation, version, offset_minutes, code, status, setting, author,
                    device)
            LEFT JOIN sinusnode.measuring_device d ON d.device = r.device
            """;

    private final RunningTransaction transaction;

    public VitalReadingTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** Removes every reading of the Observations. */
    public void delete(Collection<UUID> observations) {
        if (observations.isEmpty()) {
            return;
        }
        transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
                statement.setArray(1, connection.createArrayOf("uuid", observations.toArray()));
                return statement.executeUpdate();
            }
        });
    }

    /**
     * Adds the readings; their Observations must have none.
     *
     * @throws org.springframework.dao.DuplicateKeyException when an Observation has one, which happens when two
     *     transactions write it at once; HAPI answers such a conflict with 409
     */
    public void insert(List<VitalReading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                Columns columns = new Columns(connection, statement, readings);
                columns.add("text", reading -> reading.effective().toString());
                columns.add("float8", VitalReading::value);
                columns.add("uuid", VitalReading::patient);
                columns.add("uuid", VitalReading::observation);
                columns.add("int4", VitalReading::version);
                columns.add("int2", VitalReading::offsetMinutes);
                columns.add("int2", reading -> reading.code().number());
                columns.add("text", reading -> String.valueOf(reading.status().letter()));
                columns.add("text", reading -> String.valueOf(reading.setting().letter()));
                columns.add("text", reading -> String.valueOf(reading.author().letter()));
                columns.add("uuid", VitalReading::device);
                return statement.executeUpdate();
            }
        });
    }

    /** Binds one array a column. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<VitalReading> readings;
        private int bound;

        private Columns(Connection connection, PreparedStatement statement, List<VitalReading> readings) {
            this.connection = connection;
            this.statement = statement;
            this.readings = readings;
        }

        private void add(String type, Function<VitalReading, Object> value) throws SQLException {
            Object[] values = readings.stream().map(value).toArray();
            statement.setArray(++bound, connection.createArrayOf(type, values));
        }
    }
}
