package eu.sinusnode.keycloak.testkit;

import eu.sinusnode.keycloak.process.KeycloakDatabase;
import eu.sinusnode.keycloak.process.KeycloakDistribution;
import eu.sinusnode.keycloak.process.KeycloakProcess;
import eu.sinusnode.keycloak.process.KeycloakSettings;
import eu.sinusnode.keycloak.realm.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder beside the distribution's zip in which test Keycloaks live: the unpacked distribution for all of them, and
 * a folder for each test JVM.
 */
public final class TestHome {

    /** System property with the path of the zip; without it, the build folder of keycloak/realm is looked for. */
    public static final String ZIP_PROPERTY = "sinusnode.keycloak.zip";

    private static final Path BUILT_ZIP = Path.of("keycloak", "realm", "target", "dist", "keycloak.zip");

    private final Path zip;
    private final Path root;

    private TestHome(Path zip) {
        this.zip = zip;
        this.root = zip.resolveSibling("testkit");
    }

    /** @throws IllegalStateException when there is no zip; it says how to get it */
    public static TestHome find() {
        String property = System.getProperty(ZIP_PROPERTY);
        if (property != null) {
            return new TestHome(Path.of(property));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(BUILT_ZIP))) {
                return new TestHome(folder.resolve(BUILT_ZIP));
            }
        }
        throw new IllegalStateException(
                BUILT_ZIP + " is missing: run 'mvn package -pl keycloak/realm -am', or set -D" + ZIP_PROPERTY + ".");
    }

    /** Unpacked and built on first use, which takes about half a minute. */
    public KeycloakDistribution distribution() {
        return KeycloakDistribution.prepare(zip, root, new KeycloakDatabase.InMemory());
    }

    /** A private folder of this JVM's, by a name that no other test uses. */
    public Path folder(String name) {
        try {
            Path folder = root.resolve("jvm-" + ProcessHandle.current().pid()).resolve(name);
            PrivateFiles.createDirectories(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The test folder " + root + " cannot be made.", e);
        }
    }

    /** In memory, on ports that are free now, starting fast rather than running fast. */
    public static KeycloakSettings settings(Path folder, String adminPassword) {
        return new KeycloakSettings(
                folder,
                folder.resolve("keycloak.pid"),
                folder.resolve("keycloak.log"),
                freePort(),
                freePort(),
                new KeycloakDatabase.InMemory(),
                adminPassword,
                List.of("-XX:TieredStopAtLevel=1"),
                KeycloakSettings.START_LIMIT);
    }

    /** Ends the Keycloaks of test JVMs that were killed before they could do it. */
    public void endOrphans() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "jvm-*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString().substring("jvm-".length()));
                if (ProcessHandle.of(pid).isEmpty()) {
                    endIn(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The test folder " + root + " cannot be read.", e);
        }
    }

    private static void endIn(Path folder) throws IOException {
        try (DirectoryStream<Path> tests = Files.newDirectoryStream(folder)) {
            for (Path test : tests) {
                KeycloakProcess.stop(test.resolve("keycloak.pid"));
            }
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback address.", e);
        }
    }
}
