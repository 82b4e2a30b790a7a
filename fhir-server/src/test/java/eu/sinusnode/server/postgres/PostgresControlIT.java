package eu.sinusnode.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresControlIT {

    private static final Path HOME = Path.of("target", "control-it").toAbsolutePath();
    private final int port = TestPostgres.freePort();
    private final PostgresControl control = new PostgresControl(HOME, port);

    @BeforeEach
    void emptyHome() throws Exception {
        new PostgresControl(HOME, port).stop();
        PostgresBinaries.deleteTree(HOME.resolve("postgres/data"));
        PostgresBinaries.deleteTree(HOME.resolve("secrets"));
    }

    @AfterEach
    void end() {
        control.stop();
    }

    @Test
    void startsDurablePrivateAndWithPasswords() throws Exception {
        RunningPostgres server = control.start();

        assertThat(server.adopted()).isFalse();
        assertThat(setting(server, "fsync")).isEqualTo("on");
        assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
        assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting(server, "unix_socket_directories")).isEmpty();
        assertThat(setting(server, "data_checksums")).isEqualTo("on");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(HOME.resolve("postgres/data"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(HOME.resolve("secrets/postgres-sinusnode"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> DriverManager.getConnection(server.url("sinusnode"), "sinusnode", "wrong"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() ->
                        DriverManager.getConnection(server.url("keycloak"), "sinusnode", server.password("sinusnode")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void keepsDataBetweenRunsAndAdoptsWhatStillRuns() throws Exception {
        RunningPostgres first = control.start();
        execute(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");

        RunningPostgres again = new PostgresControl(HOME, port).start();
        assertThat(again.adopted()).isTrue();

        assertThat(control.stop()).isTrue();
        assertThat(control.status()).isEmpty();
        RunningPostgres restarted = control.start();
        assertThat(restarted.adopted()).isFalse();
        assertThat(query(restarted, "SELECT n FROM kept")).isEqualTo("42");
    }

    @Test
    void comesBackAfterTheServerWasKilled() throws Exception {
        RunningPostgres server = control.start();
        execute(server, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
        try (Connection stillOpen = connect(server)) {
            assertThat(stillOpen.isValid(1)).isTrue();
            kill(serverProcess());
            RunningPostgres restarted = control.start();
            assertThat(restarted.adopted()).isFalse();
            assertThat(query(restarted, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void aStaleFileWithTheNumberOfAnotherLivingProcessIsNoHindrance() throws Exception {
        control.start();
        String file = Files.readString(PostmasterFile.in(HOME.resolve("postgres/data")));
        control.stop();
        String foreign =
                file.replaceFirst("\\d+", Long.toString(ProcessHandle.current().pid()));
        Files.writeString(PostmasterFile.in(HOME.resolve("postgres/data")), foreign);

        assertThat(control.status()).isEmpty();
        assertThat(control.start().adopted()).isFalse();
    }

    @Test
    void anotherPortMovesTheRunningServer() throws Exception {
        control.start();
        PostgresControl elsewhere = new PostgresControl(HOME, TestPostgres.freePort());

        RunningPostgres moved = elsewhere.start();

        assertThat(setting(moved, "port")).isEqualTo(Integer.toString(moved.port()));
        assertThat(control.status()).contains(moved.port());
    }

    @Test
    void manyStartsAtOnceMakeOneServer() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<RunningPostgres> start = () -> new PostgresControl(HOME, port).start();
            List<Future<RunningPostgres>> started = pool.invokeAll(List.of(start, start, start, start));
            int own = 0;
            for (Future<RunningPostgres> future : started) {
                own += future.get().adopted() ? 0 : 1;
            }
            assertThat(own).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(control::start)
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("SINUSNODE_POSTGRES_PORT");
        }
    }

    @Test
    void theCommandLineSaysWhatItDid() {
        Map<String, String> environment =
                Map.of("SINUSNODE_HOME", HOME.toString(), "SINUSNODE_POSTGRES_PORT", Integer.toString(port));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true);

        assertThat(PostgresCommand.run(new String[] {"status"}, environment, out))
                .isEqualTo(3);
        assertThat(PostgresCommand.run(new String[] {"start"}, environment, out))
                .isZero();
        assertThat(PostgresCommand.run(new String[] {"status"}, environment, out))
                .isZero();
        assertThat(PostgresCommand.run(new String[] {"stop"}, environment, out)).isZero();
        assertThat(PostgresCommand.run(new String[] {"dance"}, environment, out))
                .isEqualTo(2);
        assertThat(said.toString()).contains("not running", "started on 127.0.0.1:" + port, "stopped");
    }

    private long serverProcess() {
        return PostmasterFile.read(HOME.resolve("postgres/data")).orElseThrow().pid();
    }

    private static void kill(long process) throws Exception {
        new ProcessBuilder("kill", "-9", Long.toString(process)).start().waitFor();
    }

    private static Connection connect(RunningPostgres server) throws SQLException {
        return DriverManager.getConnection(server.url("sinusnode"), "sinusnode", server.password("sinusnode"));
    }

    private static void execute(RunningPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String setting(RunningPostgres server, String name) throws SQLException {
        String superuser = PostgresControl.SUPERUSER;
        try (Connection connection =
                DriverManager.getConnection(server.url("postgres"), superuser, server.password(superuser))) {
            return query(connection, "SHOW " + name);
        }
    }

    private static String query(RunningPostgres server, String sql) throws SQLException {
        try (Connection connection = connect(server)) {
            return query(connection, sql);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
