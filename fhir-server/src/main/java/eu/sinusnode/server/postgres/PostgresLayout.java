package eu.sinusnode.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where the parts of the embedded PostgreSQL lie inside SinusNode's state directory.
 *
 * @param home the state directory, absolute
 */
record PostgresLayout(Path home) {

    private static final String BINARIES_VERSION = "18.6.0";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    PostgresLayout {
        home = home.toAbsolutePath().normalize();
    }

    Path directory() {
        return home.resolve("postgres");
    }

    Path distribution() {
        return directory().resolve("dist-" + BINARIES_VERSION);
    }

    Path data() {
        return directory().resolve("data");
    }

    Path log() {
        return directory().resolve("postgres.log");
    }

    Path lock() {
        return directory().resolve("control.lock");
    }

    Path secrets() {
        return home.resolve("secrets");
    }

    Path program(String name) {
        return distribution().resolve("bin").resolve(name);
    }

    /** Creates what is missing and takes group and world rights away from what is there. */
    void createDirectories() {
        try {
            for (Path directory : new Path[] {home, directory(), secrets()}) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new PostgresException(
                    "The state directory " + home
                            + " cannot be prepared; give this user write access to it or set SINUSNODE_HOME.",
                    e);
        }
    }
}
