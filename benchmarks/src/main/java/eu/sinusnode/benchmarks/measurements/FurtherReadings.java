package eu.sinusnode.benchmarks.measurements;

import eu.sinusnode.launcher.progress.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Made-up readings of made-up patients beside the cohort's own, until the lane has as many as are wanted. They have no
 * Observations, so that millions are there in minutes; nobody asks for them, but the indexes have them.
 */
public final class FurtherReadings {

    private static final String COUNT = "SELECT count(*) FROM sinusnode.vital_reading";

    private static final String FILL = """
            INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation, version,
                offset_minutes, code, status, device_kind, setting, author)
            SELECT now() - random() * interval '730 days', 70, 1, md5('patient ' || (g * 7919) % ?)::uuid,
                gen_random_uuid(), 1, 60,
                CASE WHEN g % 20 < 10 THEN 3 WHEN g % 20 < 14 THEN 1 WHEN g % 20 < 17 THEN 4 ELSE 5 END, 'f', '-', 'h', 'p'
            FROM generate_series(?::bigint, ?) g
            """;

    private static final long PART = 100_000;

    private final Connection connection;
    private final Progress progress;

    public FurtherReadings(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** @return how many the lane has */
    public long fill(long wanted, long patients) throws SQLException {
        long there = count();
        if (there < wanted) {
            try (Progress.Task task = progress.begin("Further readings", wanted - there);
                    PreparedStatement fill = connection.prepareStatement(FILL)) {
                for (long first = there + 1; first <= wanted; first += PART) {
                    long last = Math.min(first + PART - 1, wanted);
                    fill.setLong(1, patients);
                    fill.setLong(2, first);
                    fill.setLong(3, last);
                    fill.executeUpdate();
                    task.advance(last - first + 1);
                }
                task.done((wanted - there) + " made up");
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE sinusnode.vital_reading");
            }
        }
        return count();
    }

    private long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1);
        }
    }
}
