package eu.sinusnode.server.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How much of PostgreSQL's log is on the disk. */
public final class WrittenLog {

    private WrittenLog() {}

    /** Where the log ends after a transaction that was rolled back, which waits for no disk. */
    public static String afterARollback(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return Objects.requireNonNull(
                new JdbcTemplate(database).queryForObject("SELECT pg_current_wal_insert_lsn()::text", String.class));
    }

    public static boolean isOnDisk(DataSource database, String logged) {
        return Boolean.TRUE.equals(new JdbcTemplate(database)
                .queryForObject("SELECT pg_current_wal_flush_lsn() >= ?::pg_lsn", Boolean.class, logged));
    }
}
