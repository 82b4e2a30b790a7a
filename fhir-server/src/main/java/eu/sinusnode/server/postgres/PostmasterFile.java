package eu.sinusnode.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code postmaster.pid} in a data directory says; it may be stale.
 *
 * @param pid the process that wrote it
 * @param port the TCP port it listens on, 0 while it has not come that far
 */
record PostmasterFile(long pid, int port) {

    static Path in(Path data) {
        return data.resolve("postmaster.pid");
    }

    static Optional<PostmasterFile> read(Path data) {
        try {
            return parse(Files.readAllLines(in(data)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL's postmaster.pid in " + data + " cannot be read.", e);
        }
    }

    static Optional<PostmasterFile> parse(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(0).strip());
        String port = lines.size() > 3 ? lines.get(3).strip() : "";
        return Optional.of(new PostmasterFile(pid, port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0));
    }

    /**
     * Whether the process is alive and really a PostgreSQL on this data directory: a process id is used again after a
     * reboot, and a killed process can stay as a zombie.
     */
    boolean isServerOf(Path data) {
        return worksIn(Path.of("/proc", Long.toString(pid)), data);
    }

    /** Whether any process, such as a backend whose postmaster was killed, still works in the data directory. */
    static boolean anyProcessIn(Path data) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .anyMatch(process -> worksIn(process, data));
        } catch (IOException e) {
            throw new PostgresException("/proc cannot be listed; the embedded PostgreSQL needs Linux.", e);
        }
    }

    private static boolean worksIn(Path process, Path data) {
        try {
            // A deleted program shows as "… (deleted)"; the data directory is what identifies the server.
            boolean postgres =
                    Files.readSymbolicLink(process.resolve("exe")).toString().contains("/bin/postgres");
            return postgres && Files.readSymbolicLink(process.resolve("cwd")).equals(data.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }
}
