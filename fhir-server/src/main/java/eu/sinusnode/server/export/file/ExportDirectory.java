package eu.sinusnode.server.export.file;

import eu.sinusnode.server.keys.KeyException;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PrivateFiles;
import eu.sinusnode.server.keys.PurposeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * {@code $SINUSNODE_HOME/exports/<job>/<file>}: every name is a random UUID that this server made, so no part of a path
 * ever comes from a request.
 */
public final class ExportDirectory {

    private final Path directory;
    private final PurposeKeys keys;

    /** @throws KeyException when others can read the directory */
    public static ExportDirectory open(Path home, PurposeKeys keys) {
        Path directory = home.resolve("exports");
        try {
            PrivateFiles.createDirectories(directory);
            PrivateFiles.demandPrivate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of exports cannot be made.", e);
        }
        return new ExportDirectory(directory, keys);
    }

    private ExportDirectory(Path directory, PurposeKeys keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /** Makes the folder of an export that is taken up. */
    public void prepare(UUID job) throws IOException {
        PrivateFiles.createDirectories(of(job));
    }

    /**
     * @param type as {@link StoredFile} tells it
     * @param deleted whether its lines will say which records of the type were deleted
     */
    public SealedFileWriter create(UUID job, String type, boolean deleted) throws IOException {
        return new SealedFileWriter(of(job), type, deleted, keys.current(KeyPurpose.EXPORT));
    }

    /** @throws IOException when the file or its key is not here any more */
    public SealedFileReader read(UUID job, StoredFile file) throws IOException {
        return new SealedFileReader(
                of(job),
                file,
                keys.find(KeyPurpose.EXPORT, file.kid())
                        .orElseThrow(() -> new IOException("The key of an export's file is gone.")));
    }

    /** Whether every file lies here in the length that was written down. */
    public boolean holds(UUID job, Collection<StoredFile> files) {
        return files.stream().allMatch(file -> {
            try {
                return Files.size(of(job).resolve(file.file().toString())) >= file.bytes();
            } catch (IOException missing) {
                return false;
            }
        });
    }

    /** Removes the files of an export, those too that nobody knows of. */
    public void remove(UUID job) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(of(job))) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException nothing) {
            return;
        } catch (UncheckedIOException changing) {
            throw changing.getCause();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    /** The exports that have a folder here. */
    public List<UUID> jobs() throws IOException {
        List<UUID> jobs = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory)) {
            folders.map(folder -> id(folder.getFileName().toString())).forEach(id -> id.ifPresent(jobs::add));
        }
        return jobs;
    }

    /** Bytes that the file system has left. */
    public long usable() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    private Path of(UUID job) {
        return directory.resolve(job.toString());
    }

    private static Optional<UUID> id(String name) {
        try {
            return Optional.of(UUID.fromString(name));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }
}
