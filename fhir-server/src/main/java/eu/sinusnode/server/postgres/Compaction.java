package eu.sinusnode.server.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes out of PostgreSQL's files what was deleted: every table of a database is written anew, its statistics too, and the
 * log begins in new files. Tables are locked while they are written; whoever needs one waits.
 *
 * <p>PostgreSQL 18, "VACUUM", "WAL Configuration" (wal_recycle), "pg_switch_wal".
 */
public final class Compaction {

    /** Statistics first: they hold values, and the tables that they stand in are written anew with the others. */
    private static final List<String> REWRITE = List.of("ANALYZE", "VACUUM (FULL)");

    /** A file of the log that is taken again keeps what stood in it until it is written over. */
    private static final List<String> NO_OLD_FILES = List.of(
            "ALTER SYSTEM SET wal_recycle = off", "ALTER SYSTEM SET min_wal_size = '32MB'", "SELECT pg_reload_conf()");

    private static final List<String> AS_BEFORE =
            List.of("ALTER SYSTEM RESET wal_recycle", "ALTER SYSTEM RESET min_wal_size", "SELECT pg_reload_conf()");

    private static final String FILES_AHEAD = """
            SELECT count(*) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$'
                AND name > pg_walfile_name(pg_current_wal_lsn())
            """;

    /** A switch fills the rest of a file with zeros; of an empty one there is nothing to switch from. */
    private static final List<String> NEXT_FILE =
            List.of("SELECT pg_logical_emit_message(true, 'sinusnode', 'next file')", "SELECT pg_switch_wal()");

    private Compaction() {}

    /**
     * @param url of the database, without credentials
     * @param password of PostgreSQL's superuser
     * @param told each step before it is taken
     */
    public static void run(String url, String password, Consumer<String> told) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, PostgresControl.SUPERUSER, password);
                Statement statement = connection.createStatement()) {
            told.accept("Every table is written anew.");
            execute(statement, REWRITE);
            told.accept("The log begins in new files.");
            execute(statement, NO_OLD_FILES);
            try {
                for (long ahead = filesAhead(statement) + 2; ahead > 0; ahead--) {
                    execute(statement, NEXT_FILE);
                }
                execute(statement, List.of("CHECKPOINT", "CHECKPOINT"));
            } finally {
                execute(statement, AS_BEFORE);
            }
        }
    }

    private static long filesAhead(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(FILES_AHEAD)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(Statement statement, List<String> all) throws SQLException {
        for (String each : all) {
            statement.execute(each);
        }
    }
}
