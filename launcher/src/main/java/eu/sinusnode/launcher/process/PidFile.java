package eu.sinusnode.launcher.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers a process in a file: its id and, since ids are used again, when it began.
 *
 * @param path the file
 */
public record PidFile(Path path) {

    /** Start times come from the kernel's clock ticks and its idea of boot time; both round. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /**
     * A process that was found again.
     *
     * @param build which build of the program it runs
     */
    public record Remembered(ProcessHandle process, String build) {}

    /** Written beside the file first and moved, so that a half-written one is never read. */
    public void write(ProcessHandle process, String build) {
        Properties content = new Properties();
        content.setProperty("pid", Long.toString(process.pid()));
        process.info().startInstant().ifPresent(i -> content.setProperty("started", i.toString()));
        content.setProperty("build", build);
        Path draft = path.resolveSibling(path.getFileName() + ".new");
        try {
            try (Writer out = Files.newBufferedWriter(draft)) {
                content.store(out, null);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process when it is still the one that was written down; empty also for a file that cannot be made sense of. */
    public Optional<Remembered> read() {
        Properties content = new Properties();
        try (Reader in = Files.newBufferedReader(path)) {
            content.load(in);
            long pid = Long.parseLong(content.getProperty("pid", ""));
            Instant started = Instant.parse(content.getProperty("started", ""));
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(p -> beganAt(p, started))
                    .map(p -> new Remembered(p, content.getProperty("build", "")));
        } catch (IOException | RuntimeException e) {
            // Not there, or torn by a crash: the process table is searched instead.
            return Optional.empty();
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean beganAt(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(actual, started).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }
}
