package eu.sinusnode.server.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/** Files that their owner alone can read, from the first byte on. */
public final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFiles() {}

    /** Makes the directory and its missing parents (0700); one that exists keeps its permissions. */
    public static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
    }

    /** Puts the file (0600) into its place in one step, so that a reader sees all of it or nothing. */
    public static void write(Path file, String content) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " has no directory.");
        }
        Path draft = Files.createTempFile(parent, ".", ".draft", FILE);
        try {
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * Demands that nobody but its owner can use a file or directory, and that the owner is the user that this process
     * runs as.
     *
     * @throws KeyException with a sentence that says what to do
     */
    public static void demandPrivate(Path path) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!OWNERS.containsAll(rights)) {
            throw new KeyException(path + " can be used by others than its owner ("
                    + PosixFilePermissions.toString(rights)
                    + "). Set its rights to " + (Files.isDirectory(path) ? "0700" : "0600")
                    + ", and rotate what others may have read.");
        }
        UserPrincipal owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getOwner(Path.of("/proc/self")))) {
            throw new KeyException(path + " belongs to " + owner.getName()
                    + ", not to the user that the server runs as. Give it to that user, or run the server as "
                    + owner.getName() + ".");
        }
    }
}
