package eu.sinusnode.server.lane;

import eu.sinusnode.server.projection.RunningTransaction;
import java.sql.PreparedStatement;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Writes {@code sinusnode.vital_without_reading} on the running transaction. */
public class WithoutReadingTable {

    private static final String DELETE = "DELETE FROM sinusnode.vital_without_reading WHERE observation = ANY (?)";
    private static final String INSERT = """
            INSERT INTO sinusnode.vital_without_reading (low, high, patient, observation, low_day, high_day, code,
                status)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::text::"char")
            """;

    private final RunningTransaction transaction;

    public WithoutReadingTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** Removes every row of the Observations. */
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

    /** The Observations must have no rows. */
    public void insert(List<WithoutReading> rows) {
        transaction.batch(INSERT, rows, row -> new Object[] {
            row.low().atOffset(ZoneOffset.UTC),
            row.high().atOffset(ZoneOffset.UTC),
            row.patient(),
            row.observation(),
            row.lowDay(),
            row.highDay(),
            row.code().number(),
            String.valueOf(row.status().letter())
        });
    }
}
