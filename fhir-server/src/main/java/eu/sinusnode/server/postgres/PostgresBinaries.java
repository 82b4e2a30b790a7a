package eu.sinusnode.server.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that lie on the class path as one {@code txz}. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /**
     * Makes the distribution directory whole; a half-unpacked one never gets that name.
     *
     * @throws PostgresException when this machine's kind has no binaries on the class path or the disk refuses
     */
    static void unpack(PostgresLayout layout) {
        Path distribution = layout.distribution();
        if (Files.isDirectory(distribution)) {
            return;
        }
        String resource = resourceName();
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + resource)) {
            if (archive == null) {
                throw new PostgresException("No PostgreSQL binaries for this machine (" + resource
                        + ") are on the class path; set sinusnode.database.url to use an external PostgreSQL.");
            }
            Path draft = Files.createTempDirectory(layout.directory(), ".unpacking");
            unpack(archive, draft);
            Files.move(draft, distribution, StandardCopyOption.ATOMIC_MOVE);
            removeAbandonedDrafts(layout.directory());
        } catch (IOException e) {
            throw new PostgresException(
                    "PostgreSQL's programs cannot be unpacked to " + distribution + "; is the disk full?", e);
        }
    }

    private static String resourceName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String machine =
                architecture.equals("amd64") ? "x86_64" : architecture.equals("aarch64") ? "arm_64" : architecture;
        return "postgres-" + (os.contains("mac") ? "darwin" : os) + "-" + machine + ".txz";
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive names a path outside its directory.");
                }
                unpackEntry(tar, entry, path);
            }
        }
    }

    private static void unpackEntry(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            try {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } catch (FileAlreadyExistsException e) {
                throw new IOException("The archive names the link " + entry.getName() + " twice.", e);
            }
            return;
        }
        Files.copy(tar, path);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwx------" : "rw-------"));
    }

    /** Left by processes that were killed while unpacking; the caller holds the control lock, so nobody works in them. */
    private static void removeAbandonedDrafts(Path parent) throws IOException {
        List<Path> drafts;
        try (Stream<Path> children = Files.list(parent)) {
            drafts = children.filter(child -> child.getFileName().toString().startsWith(".unpacking"))
                    .toList();
        }
        for (Path draft : drafts) {
            deleteTree(draft);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
