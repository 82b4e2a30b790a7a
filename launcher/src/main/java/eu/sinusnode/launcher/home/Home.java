package eu.sinusnode.launcher.home;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The state directory: secrets, databases, cohort, logs. Private to its owner. */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Makes the directory and its parts, or narrows the access rights of those that are there.
     *
     * @throws Trouble when the directory cannot be written
     */
    public void prepare() {
        try {
            Files.createDirectories(root);
            for (Path directory : List.of(root, secrets(), run(), logs(), job(), imports())) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new Trouble(
                    "The state directory " + root + " cannot be written (" + e.getMessage() + ").",
                    "Set SINUSNODE_HOME to a directory of your own.",
                    e);
        }
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /** Who was registered by command. */
    public Path registrations() {
        return root.resolve("registrations.json");
    }

    /** Where data may go, as the operator signed it; the server makes it at its first start. */
    public Path residency() {
        return root.resolve("residency").resolve("residency.json");
    }

    public Path keycloak() {
        return root.resolve("keycloak");
    }

    public Path cohort() {
        return root.resolve("cohort");
    }

    public Path job() {
        return root.resolve("job");
    }

    /** In it a folder for each client, whose files the server may import. */
    public Path imports() {
        return root.resolve("imports");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path run() {
        return root.resolve("run");
    }
}
