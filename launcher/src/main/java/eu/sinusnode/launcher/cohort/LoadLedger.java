package eu.sinusnode.launcher.cohort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which patients the server has confirmed, by the SHA-256 of their Bundles, one line each; a load that was interrupted goes on from it.
 * Safe for several threads of one process.
 */
final class LoadLedger {

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d+) (\\d+) (\\d+) (\\d+)");

    private final Path file;
    private final Map<String, LoadFigures> confirmed = new ConcurrentHashMap<>();

    /** @param file need not be there; a line that a crash has torn counts as not written */
    LoadLedger(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<LoadFigures> of(String hash) {
        return Optional.ofNullable(confirmed.get(hash));
    }

    synchronized void add(String hash, LoadFigures figures) {
        confirmed.put(hash, figures);
        String line = "%s %d %d %d %d%n"
                .formatted(hash, figures.patients(), figures.vitals(), figures.carePlans(), figures.resources());
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets everything: the database is a new one. */
    synchronized void clear() {
        confirmed.clear();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        Matcher parts = LINE.matcher(line);
        if (parts.matches()) {
            confirmed.put(
                    parts.group(1),
                    new LoadFigures(
                            Long.parseLong(parts.group(2)),
                            Long.parseLong(parts.group(3)),
                            Long.parseLong(parts.group(4)),
                            Long.parseLong(parts.group(5)),
                            0));
        }
    }
}
