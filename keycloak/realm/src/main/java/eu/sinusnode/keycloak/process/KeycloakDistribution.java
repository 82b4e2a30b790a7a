package eu.sinusnode.keycloak.process;

import eu.sinusnode.keycloak.realm.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keycloak's files, unpacked from its zip and built once for a database kind. The build (about 20 CPU-seconds) makes
 * each start a quick one; a note beside the files says what they were built from, so that it is done once.
 *
 * @param home Keycloak's home directory: bin, conf, lib, …
 * @param fingerprint changes with the zip and with the build's options
 */
public record KeycloakDistribution(Path home, String fingerprint) {

    /** Parts of Keycloak that SinusNode has no use for: what is not there cannot be attacked. */
    private static final String FEATURES_DISABLED =
            "admin-fine-grained-authz,authorization,ciba,device-flow,impersonation,"
                    + "jwt-authorization-grant,kerberos,organization,token-exchange-standard,workflows";

    private static final long BUILD_LIMIT_MINUTES = 6;

    /**
     * Unpacks and builds when needed; safe when several processes ask at once.
     *
     * @param zip {@code keycloak-quarkus-dist}; only its size is looked at when it was unpacked before. The folder
     *     {@code providers} beside it holds our own jars for Keycloak: a changed one is built in anew
     * @param directory gets the folder {@code dist-<vendor>} and the log of the build
     * @throws KeycloakException when the zip is missing or the build fails
     */
    public static KeycloakDistribution prepare(Path zip, Path directory, KeycloakDatabase database) {
        if (!Files.isRegularFile(zip)) {
            throw new KeycloakException("Keycloak's distribution " + zip
                    + " is missing: 'mvn package -pl keycloak/realm -am' fetches it from the Maven repository.");
        }
        List<String> build = List.of(
                "build",
                "--db=" + database.vendor(),
                "--health-enabled=true",
                "--features-disabled=" + FEATURES_DISABLED);
        try {
            PrivateFiles.createDirectories(directory);
            Providers providers = Providers.beside(zip);
            String fingerprint =
                    Fingerprint.of(Long.toString(Files.size(zip)), build.toString(), providers.fingerprint());
            Path home = directory.resolve("dist-" + database.vendor());
            Path note = home.resolve("built-from");
            try (FileChannel channel = FileChannel.open(
                            directory.resolve("dist.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()
                        || !Files.exists(note)
                        || !Files.readString(note).equals(fingerprint)) {
                    make(zip, providers, home, build, directory.resolve("build.log"));
                    Files.writeString(note, fingerprint);
                }
            }
            return new KeycloakDistribution(home, fingerprint);
        } catch (IOException e) {
            throw new KeycloakException("Keycloak cannot be unpacked into " + directory + ": " + e.getMessage(), e);
        }
    }

    Path script() {
        return home.resolve("bin").resolve("kc.sh");
    }

    private static void make(Path zip, Providers providers, Path home, List<String> build, Path log)
            throws IOException {
        Path draft = home.resolveSibling(home.getFileName() + ".draft");
        ZipArchive.deleteTree(draft);
        ZipArchive.deleteTree(home);
        ZipArchive.unpack(zip, draft);
        providers.copyInto(draft.resolve("providers"));
        Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        ProcessBuilder command = KeycloakCommand.of(new KeycloakDistribution(home, ""), build)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        Process process = command.start();
        try {
            if (!process.waitFor(BUILD_LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new KeycloakException("Keycloak's build failed; its words are in " + log + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeycloakException("Interrupted while Keycloak was built.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
