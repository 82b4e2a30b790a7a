package eu.sinusnode.server.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** Roles and databases, each role owner of the one database of its name and shut out of the others. */
record Databases(RunningPostgres server) {

    /**
     * Waits until the server accepts the superuser.
     *
     * @param lives whether the server's process is still there
     * @return false when it is not: a server that was found may have been killed a moment before
     * @throws PostgresException when the server does not accept the superuser within the limit
     */
    boolean awaitReady(Duration limit, BooleanSupplier lives) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                if (connection.isValid(2)) {
                    return true;
                }
            } catch (SQLException e) {
                // 57P03: still starting up or recovering; 08…: not listening yet.
                boolean passing = "57P03".equals(e.getSQLState())
                        || String.valueOf(e.getSQLState()).startsWith("08");
                if (passing && !lives.getAsBoolean()) {
                    return false;
                }
                if (!passing || System.nanoTime() > deadline) {
                    throw new PostgresException(
                            "PostgreSQL on port " + server.port() + " does not let its superuser in (SQL state "
                                    + e.getSQLState()
                                    + "); does secrets/postgres-superuser belong to this data directory?",
                            e);
                }
            }
            pause();
        }
    }

    /** Creates role and database where they are missing and sets the role's password to the one in its file. */
    void ensure(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String password = literal(server.password(name));
            String verb = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name) ? "ALTER" : "CREATE";
            statement.execute(verb + " ROLE " + name + " LOGIN PASSWORD " + password);
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + name);
            }
            statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        } catch (SQLException e) {
            throw new PostgresException("The database " + name + " cannot be prepared.", e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresControl.SUPERUSER);
        properties.setProperty("password", server.password(PostgresControl.SUPERUSER));
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(server.url("postgres"), properties);
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("The wait for PostgreSQL was interrupted.", e);
        }
    }
}
