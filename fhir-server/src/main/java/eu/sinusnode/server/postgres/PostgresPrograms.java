package eu.sinusnode.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code initdb} and {@code pg_ctl}. PostgreSQL refuses to run as root; for root each program is started in a user
 * namespace without any mapping ({@code unshare -U}), where it is nobody and yet owns the files.
 */
record PostgresPrograms(PostgresLayout layout) {

    /** What a program answered. */
    record Answer(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** @throws PostgresException when the program does not end in time or cannot be started */
    Answer run(Duration limit, String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U", "--"));
        }
        command.add(layout.program(program).toString());
        command.addAll(arguments);
        try {
            return run(limit, program, new ProcessBuilder(command));
        } catch (IOException e) {
            String hint = isRoot()
                    ? " Running as root needs util-linux's unshare and user namespaces; or run as another user."
                    : "";
            throw new PostgresException("PostgreSQL's " + program + " cannot be started." + hint, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("The wait for PostgreSQL's " + program + " was interrupted.", e);
        }
    }

    private Answer run(Duration limit, String program, ProcessBuilder builder)
            throws IOException, InterruptedException {
        // A file, not a pipe: the server that pg_ctl starts lives longer than this JVM and must not hold our end.
        Path output = Files.createTempFile(layout.directory(), "." + program, ".out");
        try {
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            builder.directory(layout.directory().toFile());
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new PostgresException("PostgreSQL's " + program + " did not end within " + limit.toSeconds()
                        + " s; see " + layout.log() + ".");
            }
            return new Answer(process.exitValue(), Files.readString(output).strip());
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
