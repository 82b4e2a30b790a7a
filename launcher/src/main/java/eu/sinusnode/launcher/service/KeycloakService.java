package eu.sinusnode.launcher.service;

import eu.sinusnode.keycloak.process.KeycloakDatabase;
import eu.sinusnode.keycloak.process.KeycloakDistribution;
import eu.sinusnode.keycloak.process.KeycloakException;
import eu.sinusnode.keycloak.process.KeycloakProcess;
import eu.sinusnode.keycloak.process.KeycloakSettings;
import eu.sinusnode.keycloak.realm.DemoRealm;
import eu.sinusnode.keycloak.realm.RealmDirectory;
import eu.sinusnode.keycloak.realm.RealmModel;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keycloak with the realm of the demo, its data in a database of its own in the same PostgreSQL. */
public final class KeycloakService implements Service {

    private static final String ROLE = "keycloak";

    private final Installation installation;

    public KeycloakService(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String name() {
        return "Keycloak";
    }

    @Override
    public Started start(Progress.Task task) {
        try {
            Path home = installation.home().root();
            String realm = realm(Registrations.read(installation.home().registrations()));
            KeycloakSettings settings = settings();
            task.note("unpacking and preparing, the first time takes a minute");
            KeycloakDistribution distribution =
                    KeycloakDistribution.prepare(zip(), home.resolve("keycloak"), settings.database());
            task.note("");
            boolean before = KeycloakProcess.isReady(settings);
            KeycloakProcess.startOrAdopt(distribution, settings, realm, RealmModel.DEFAULT_NAME);
            return new Started(!before, installation.issuer());
        } catch (KeycloakException e) {
            throw new Trouble(
                    String.valueOf(e.getMessage()),
                    "When a port is taken, choose others: SINUSNODE_KEYCLOAK_PORT, SINUSNODE_KEYCLOAK_MANAGEMENT_PORT.",
                    e);
        } catch (IOException e) {
            throw new Trouble(
                    "Keycloak could not be prepared (" + e.getMessage() + ").",
                    "Check the rights of " + installation.home().root() + " and the room on its disk.",
                    e);
        }
    }

    /**
     * The realm file of this installation.
     *
     * @param registrations beside the demo's own
     */
    public String realm(Registrations registrations) throws IOException {
        URI fhirBase = URI.create(installation.fhirBase());
        return DemoRealm.generate(
                RealmDirectory.read(installation.home().cohort().resolve("directory.json")),
                Secrets.in(installation.home().secrets()),
                fhirBase,
                fhirBase,
                installation.appRedirect(),
                registrations);
    }

    /** How this installation's Keycloak runs, with its secrets. */
    public KeycloakSettings settings() throws IOException {
        return settings(
                new KeycloakDatabase.Postgres(
                        "jdbc:postgresql://127.0.0.1:" + installation.ports().postgres() + "/" + ROLE,
                        ROLE,
                        postgresPassword()),
                Secrets.in(installation.home().secrets()).password("keycloak-admin"));
    }

    @Override
    public State state() {
        KeycloakSettings settings = settings(new KeycloakDatabase.InMemory(), "");
        boolean ready = Files.exists(settings.pidFile()) && KeycloakProcess.isReady(settings);
        return new State(ready, ready ? installation.issuer() : "not running, log " + pathOfLog());
    }

    @Override
    public boolean stop() {
        try {
            return KeycloakProcess.stop(
                    settings(new KeycloakDatabase.InMemory(), "").pidFile());
        } catch (KeycloakException e) {
            throw new Trouble(String.valueOf(e.getMessage()), "Run ./sinusnode down again.", e);
        }
    }

    private KeycloakSettings settings(KeycloakDatabase database, String adminPassword) {
        return KeycloakSettings.inHome(
                installation.home().root(),
                installation.ports().keycloak(),
                installation.ports().keycloakManagement(),
                database,
                adminPassword);
    }

    private Path pathOfLog() {
        return installation.home().logs().resolve("keycloak.log");
    }

    private String postgresPassword() throws IOException {
        return Files.readString(installation.home().secrets().resolve("postgres-" + ROLE))
                .strip();
    }

    /** Where the module keycloak/realm puts the distribution that it takes from the Maven repository. */
    private Path zip() {
        return installation
                .programs()
                .repository()
                .resolve("keycloak")
                .resolve("realm")
                .resolve("target")
                .resolve("dist")
                .resolve("keycloak.zip");
    }
}
