package eu.sinusnode.server.postgres;

import eu.sinusnode.server.testing.TestJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One PostgreSQL a test JVM, under {@code test-postgres} of its folder, stopped when the JVM ends; each caller gets an empty database. */
public final class TestPostgres {

    private static final Path HOME = TestJvm.folder("test-postgres").toAbsolutePath();

    /** An empty database with its own owner. */
    public record TestDatabase(String url, String username, String password) {

        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, username, password);
        }
    }

    private TestPostgres() {}

    public static RunningPostgres server() {
        return Holder.SERVER;
    }

    public static TestDatabase emptyDatabase() {
        String name = "it_" + UUID.randomUUID().toString().replace("-", "");
        RunningPostgres server = server();
        try (Connection connection = superuser(server);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER sinusnode");
        } catch (SQLException e) {
            throw new IllegalStateException("The test database cannot be made.", e);
        }
        return new TestDatabase(server.url(name), "sinusnode", server.password("sinusnode"));
    }

    /** A TCP port on 127.0.0.1 that nobody listens on now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No free port.", e);
        }
    }

    /** The server of a state directory and all its helpers at once: nothing that is in their memory is written any more. */
    public static void kill(Path home) {
        long pid = PostmasterFile.read(home.resolve("postgres").resolve("data"))
                .orElseThrow()
                .pid();
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    private static Connection superuser(RunningPostgres server) throws SQLException {
        return DriverManager.getConnection(
                server.url("postgres"), PostgresControl.SUPERUSER, server.password(PostgresControl.SUPERUSER));
    }

    private static final class Holder {
        static final RunningPostgres SERVER = start();

        private static RunningPostgres start() {
            int port = new PostgresControl(HOME, 1).status().orElseGet(TestPostgres::freePort);
            PostgresControl control = new PostgresControl(HOME, port);
            RunningPostgres server = control.start();
            dropLeftovers(server);
            Runtime.getRuntime().addShutdownHook(new Thread(control::stop, "stop-test-postgres"));
            return server;
        }

        private static void dropLeftovers(RunningPostgres server) {
            try (Connection connection = superuser(server);
                    Statement statement = connection.createStatement()) {
                var names = new java.util.ArrayList<String>();
                try (var result =
                        statement.executeQuery("SELECT datname FROM pg_database WHERE datname LIKE 'it\\_%'")) {
                    while (result.next()) {
                        names.add(result.getString(1));
                    }
                }
                for (String name : names) {
                    statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
                }
            } catch (SQLException e) {
                throw new IllegalStateException("Databases of an earlier run cannot be dropped.", e);
            }
        }
    }
}
