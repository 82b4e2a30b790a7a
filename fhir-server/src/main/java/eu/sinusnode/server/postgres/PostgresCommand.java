package eu.sinusnode.server.postgres;

import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The command line of {@link PostgresControl}. Exit codes: 0 done or running, 1 failed, 2 wrong use, 3 not running. */
final class PostgresCommand {

    private static final String DEFAULT_PORT = "54329";
    private static final String DATABASE = "sinusnode";

    private PostgresCommand() {}

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        String port = environment.getOrDefault("SINUSNODE_POSTGRES_PORT", DEFAULT_PORT);
        if (arguments.length != 1 || !port.matches("\\d{1,5}")) {
            out.println("Use: start | stop | status | compact, with SINUSNODE_POSTGRES_PORT a number.");
            return 2;
        }
        Path home = Path.of(environment.getOrDefault("SINUSNODE_HOME", ".sinusnode"));
        PostgresControl control = new PostgresControl(home, Integer.parseInt(port));
        try {
            return switch (arguments[0]) {
                case "start" -> started(control.start(), out);
                case "stop" -> stopped(control.stop(), out);
                case "status" -> status(control.status(), out);
                case "compact" -> compacted(control.start(), out);
                default -> {
                    out.println("Use: start | stop | status | compact");
                    yield 2;
                }
            };
        } catch (PostgresException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private static int started(RunningPostgres server, PrintStream out) {
        out.println("PostgreSQL " + (server.adopted() ? "was running" : "started") + " on 127.0.0.1:" + server.port());
        return 0;
    }

    private static int stopped(boolean wasRunning, PrintStream out) {
        out.println(wasRunning ? "PostgreSQL stopped" : "PostgreSQL was not running");
        return 0;
    }

    private static int compacted(RunningPostgres server, PrintStream out) {
        try {
            Compaction.run(server.url(DATABASE), server.password(PostgresControl.SUPERUSER), out::println);
        } catch (SQLException e) {
            throw new PostgresException("The database could not be written anew.", e);
        }
        out.println("What was deleted is in no file of PostgreSQL any more.");
        return 0;
    }

    private static int status(Optional<Integer> port, PrintStream out) {
        out.println(port.map(p -> "PostgreSQL runs on 127.0.0.1:" + p).orElse("PostgreSQL is not running"));
        return port.isPresent() ? 0 : 3;
    }
}
