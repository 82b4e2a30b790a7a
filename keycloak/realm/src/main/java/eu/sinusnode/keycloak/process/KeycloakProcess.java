package eu.sinusnode.keycloak.process;

import eu.sinusnode.keycloak.admin.AdminException;
import eu.sinusnode.keycloak.admin.KeycloakAdmin;
import eu.sinusnode.keycloak.admin.RealmUpdate;
import eu.sinusnode.keycloak.realm.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One running Keycloak. It outlives the Java process that started it; whoever comes next with the same settings takes it
 * over, with others it is ended and started anew. A realm that is there is never replaced, only changed in place.
 */
public final class KeycloakProcess {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final int LOG_LINES_SHOWN = 15;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final KeycloakSettings settings;

    private KeycloakProcess(KeycloakSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when Keycloak answers and serves the realm as given.
     *
     * @param realm the realm file's content; when it differs from what was applied last, the realm is changed in place
     * @param realmName the realm that the file describes
     * @throws KeycloakException when it does not start; the message names the log and shows its end
     */
    public static KeycloakProcess startOrAdopt(
            KeycloakDistribution distribution, KeycloakSettings settings, String realm, String realmName) {
        KeycloakProcess process = new KeycloakProcess(settings);
        try {
            process.bringUp(distribution, realm, realmName);
        } catch (IOException e) {
            throw new KeycloakException("Keycloak could not be started: " + e.getMessage(), e);
        }
        return process;
    }

    /**
     * Ends the Keycloak that the file remembers, whoever started it.
     *
     * @return whether there was one
     */
    public static boolean stop(Path pidFile) {
        try {
            Optional<ProcessRecord> record = ProcessRecord.read(pidFile);
            record.ifPresent(ProcessRecord::end);
            Files.deleteIfExists(pidFile);
            return record.isPresent() && !record.get().processes().isEmpty();
        } catch (IOException e) {
            throw new KeycloakException("The file " + pidFile + " cannot be read.", e);
        }
    }

    /** Whether the Keycloak of these settings answers now. */
    public static boolean isReady(KeycloakSettings settings) {
        return new KeycloakProcess(settings).ready();
    }

    /**
     * Brings the realm of the Keycloak that runs with these settings to what the file says.
     *
     * @throws KeycloakException when it does not run or refuses
     */
    public static void apply(KeycloakSettings settings, String realm, String realmName) {
        try {
            new KeycloakProcess(settings).bringRealmTo(realm, realmName);
        } catch (IOException e) {
            throw new KeycloakException("The realm's file cannot be written: " + e.getMessage(), e);
        }
    }

    public KeycloakSettings settings() {
        return settings;
    }

    public void stop() {
        stop(settings.pidFile());
    }

    private void bringUp(KeycloakDistribution distribution, String realm, String realmName) throws IOException {
        String fingerprint = Fingerprint.of(
                distribution.fingerprint(),
                settings.toString(),
                new TreeMap<>(settings.database().environment()).toString());
        Optional<ProcessRecord> known = ProcessRecord.read(settings.pidFile());
        boolean runs = known.isPresent()
                && known.get().fingerprint().equals(fingerprint)
                && known.get().alive()
                && ready();
        if (!runs) {
            if (known.isPresent()) {
                stop();
            }
            makeDirectories();
            PrivateFiles.write(settings.realmFile(), realm);
            Files.deleteIfExists(settings.imported());
            start(distribution, fingerprint);
        }
        if (!servesRealm(realmName)) {
            throw failed("Keycloak runs, but does not serve the realm " + realmName);
        }
        if (!runs && Files.exists(settings.imported())) {
            // There was no such realm, so it is the one of the file.
            PrivateFiles.write(settings.importNote(), note(realm));
        }
        bringRealmTo(realm, realmName);
    }

    /**
     * Changes the running realm in place when the file says something else than what was applied last. Sessions, signing
     * keys and people's own passwords stay.
     */
    private void bringRealmTo(String realm, String realmName) throws IOException {
        if (Files.exists(settings.importNote())
                && Files.readString(settings.importNote()).equals(note(realm))) {
            return;
        }
        try {
            RealmUpdate.apply(new KeycloakAdmin(settings.base(), realmName, settings.adminPassword()), realm);
        } catch (AdminException e) {
            throw new KeycloakException("The realm could not be brought up to date. " + e.getMessage(), e);
        }
        PrivateFiles.write(settings.realmFile(), realm);
        PrivateFiles.write(settings.importNote(), note(realm));
    }

    private String note(String realm) {
        return Fingerprint.of(realm, settings.database().toString());
    }

    private void makeDirectories() throws IOException {
        PrivateFiles.createDirectories(settings.directory());
        for (Path file : List.of(settings.pidFile(), settings.log())) {
            Path parent = file.getParent();
            if (parent != null) {
                PrivateFiles.createDirectories(parent);
            }
        }
    }

    private void start(KeycloakDistribution distribution, String fingerprint) throws IOException {
        requireFree(settings.port());
        requireFree(settings.managementPort());
        Process script = KeycloakCommand.start(distribution, settings)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
        Instant limit = Instant.now().plus(settings.startLimit());
        do {
            // Written again and again: the Java process below the script shows up a moment later.
            ProcessRecord.of(fingerprint, script.toHandle()).write(settings.pidFile());
            if (!script.isAlive()) {
                throw failed("Keycloak ended while it started");
            }
            if (Instant.now().isAfter(limit)) {
                stop();
                throw failed(
                        "Keycloak was not ready after " + settings.startLimit().toSeconds() + " s");
            }
            pause(script);
        } while (!ready());
    }

    private void pause(Process script) {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ProcessRecord.of("", script.toHandle()).end();
            throw new KeycloakException("Interrupted while Keycloak started.", e);
        }
    }

    private boolean ready() {
        return answersOk(settings.readiness());
    }

    private boolean servesRealm(String realmName) {
        return answersOk(settings.issuer(realmName));
    }

    private boolean answersOk(URI uri) {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Nobody listens yet, or no longer: that is the answer.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new KeycloakException(
                    "Port " + port + " is taken by another program; end it, or choose another port for Keycloak.", e);
        }
    }

    private KeycloakException failed(String sentence) {
        String tail;
        try {
            List<String> lines = Files.readAllLines(settings.log());
            tail = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            tail = "(the log cannot be read: " + e.getMessage() + ")";
        }
        return new KeycloakException(sentence + ". The end of " + settings.log() + ":\n  " + tail);
    }
}
