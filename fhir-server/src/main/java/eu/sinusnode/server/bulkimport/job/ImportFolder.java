package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code <folder>/<client id>/<name>.ndjson}: the operator puts the files there. A client reaches its own folder alone, and
 * no link leads out of it.
 */
public final class ImportFolder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.ndjson");
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final @Nullable Path folder;

    public ImportFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    /** What a file is when it is asked for; another one of the same name is not gone on with. */
    public record Found(long bytes, Instant modified) {}

    public boolean isOpen() {
        return folder != null;
    }

    /** Empty when the caller has no such file. */
    public Optional<Found> find(Caller caller, String name) {
        Path file = path(caller, name);
        if (file == null) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return found.isRegularFile()
                    ? Optional.of(new Found(
                            found.size(), found.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS)))
                    : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** @throws IOException when it is not the file that was asked for any more */
    FileLines open(Caller caller, ImportedFile file, int longestLine) throws IOException {
        Path path = path(caller, file.name());
        Found asked = new Found(file.bytes(), file.modified());
        if (path == null || !find(caller, file.name()).filter(asked::equals).isPresent()) {
            throw new ChangedFileException();
        }
        return FileLines.open(path, file.position(), file.line(), longestLine);
    }

    private @Nullable Path path(Caller caller, String name) {
        boolean named = CLIENT.matcher(caller.clientId()).matches()
                && NAME.matcher(name).matches();
        if (folder == null || !named) {
            return null;
        }
        Path own = folder.resolve(caller.clientId());
        return Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS) ? own.resolve(name) : null;
    }
}
