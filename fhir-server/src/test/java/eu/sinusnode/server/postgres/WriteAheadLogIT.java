package eu.sinusnode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.projection.WriteAheadLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** A number that a remembered snapshot knows as that of an ended transaction is never given out again. */
class WriteAheadLogIT {

    private static final Path HOME = Path.of("target", "wal-it").toAbsolutePath();

    private final PostgresControl control = new PostgresControl(HOME, TestPostgres.freePort());

    @BeforeEach
    void slowWriter() throws Exception {
        control.stop();
        FileSystemUtils.deleteRecursively(HOME);
        RunningPostgres server = control.start();
        String superuser = PostgresControl.SUPERUSER;
        try (Connection connection =
                        DriverManager.getConnection(server.url("postgres"), superuser, server.password(superuser));
                Statement statement = connection.createStatement()) {
            // The moment between the log in memory and the log on the disk is as long as it can be.
            statement.execute("ALTER SYSTEM SET wal_writer_delay = '10s'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterEach
    void end() {
        control.stop();
    }

    @Test
    void withoutTheLogOnTheDiskNumbersAreGivenOutTwice() throws Exception {
        long remembered = nextNumberBeforeADeath(false);
        assertThat(nextNumber()).isLessThan(remembered);
    }

    @Test
    void withTheLogOnTheDiskTheyAreNot() throws Exception {
        long remembered = nextNumberBeforeADeath(true);
        assertThat(nextNumber()).isGreaterThanOrEqualTo(remembered);
    }

    private long nextNumberBeforeADeath(boolean flushed) throws Exception {
        long remembered;
        try (Connection connection = connect(control.start());
                Statement statement = connection.createStatement()) {
            // The first ones wake the writer; it sleeps again before the second ones.
            rollBack(connection, statement);
            Thread.sleep(1000);
            rollBack(connection, statement);
            remembered = nextNumber(statement);
            if (flushed) {
                WriteAheadLog.flush(connection);
            }
            TestPostgres.kill(HOME);
        }
        return remembered;
    }

    private static void rollBack(Connection connection, Statement statement) throws SQLException {
        connection.setAutoCommit(false);
        for (int i = 0; i < 20; i++) {
            statement.execute("SELECT pg_current_xact_id()");
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }

    private long nextNumber() throws SQLException {
        try (Connection connection = connect(control.start());
                Statement statement = connection.createStatement()) {
            return nextNumber(statement);
        }
    }

    private static long nextNumber(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static Connection connect(RunningPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url("sinusnode"), "sinusnode", server.password("sinusnode"));
    }
}
