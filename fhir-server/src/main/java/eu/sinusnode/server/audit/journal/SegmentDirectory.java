package eu.sinusnode.server.audit.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of segments, for the server's user alone; what could not be read lies in {@code aside}, and is kept. */
final class SegmentDirectory {

    private static final Pattern NAME = Pattern.compile("(\\d{16})\\.journal");

    private final Path directory;
    private final Path aside;

    SegmentDirectory(Path directory) throws IOException {
        this.directory = directory;
        this.aside = directory.resolve("aside");
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(aside);
    }

    Path aside() {
        return aside;
    }

    Path path(long number) {
        return directory.resolve("%016d.journal".formatted(number));
    }

    /** The numbers of all segments, ascending. */
    List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> Long.valueOf(match.group(1)))
                    .sorted()
                    .toList();
        }
    }

    FileChannel create(long number) throws IOException {
        return FileChannel.open(
                path(number),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Makes the names of the files last, as their content. */
    void force() throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    void remove(long number) throws IOException {
        Files.deleteIfExists(path(number));
    }

    void setAside(long number) throws IOException {
        Files.move(path(number), aside.resolve(path(number).getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** How many segments could not be read to their end. */
    long countAside() throws IOException {
        try (Stream<Path> files = Files.list(aside)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .count();
        }
    }
}
