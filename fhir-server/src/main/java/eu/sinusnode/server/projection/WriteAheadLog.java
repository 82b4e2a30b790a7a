package eu.sinusnode.server.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction that was rolled back leaves its number in PostgreSQL's log without waiting for the disk. When PostgreSQL
 * dies in the next moment, the number is given out again, and whoever remembers a snapshot in which it had ended passes
 * over what is written under it. So a snapshot is remembered once the log is on the disk.
 */
public final class WriteAheadLog {

    // A commit waits for everything before it, if it has written something itself.
    private static final String FLUSH = """
            SELECT pg_logical_emit_message(true, 'sinusnode', '')
            WHERE pg_current_wal_flush_lsn() < pg_current_wal_insert_lsn()
            """;

    private WriteAheadLog() {}

    /**
     * Returns when all that was logged before is on the disk.
     *
     * @param connection outside of a transaction; inside of one, that is so when it has been committed
     */
    public static void flush(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(FLUSH);
        }
    }
}
