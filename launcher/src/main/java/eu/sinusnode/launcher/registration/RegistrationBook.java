package eu.sinusnode.launcher.registration;

import eu.sinusnode.keycloak.admin.KeycloakAdmin;
import eu.sinusnode.keycloak.admin.RealmOperations;
import eu.sinusnode.keycloak.process.KeycloakException;
import eu.sinusnode.keycloak.process.KeycloakProcess;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Person;
import eu.sinusnode.keycloak.realm.RealmDirectory;
import eu.sinusnode.keycloak.realm.RealmModel;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.service.KeycloakService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The registrations of an installation: read from its file, changed in the running realm, and written again. */
public final class RegistrationBook {

    private final Installation installation;

    public RegistrationBook(Installation installation) {
        this.installation = installation;
    }

    public Registrations read() {
        try {
            return Registrations.read(file());
        } catch (IOException e) {
            throw unreadable(file(), e);
        }
    }

    /** The demo's own people and those who were registered. */
    public List<Person> people() {
        List<Person> people = new ArrayList<>(DemoRegistrations.people(directory()));
        read().people().forEach(member -> people.add(member.person()));
        return people;
    }

    /** User names and client ids that are taken. */
    public Set<String> clientIds() {
        Set<String> ids = new TreeSet<>();
        DemoRegistrations.clients(directory()).forEach(client -> ids.add(client.clientId()));
        read().clients().forEach(client -> ids.add(client.registration().clientId()));
        return ids;
    }

    /**
     * Brings the running realm to these registrations, then writes them down: what Keycloak refused is not remembered.
     *
     * @throws Trouble when Keycloak does not run, or refuses
     */
    public void apply(Registrations registrations) {
        try {
            KeycloakService keycloak = new KeycloakService(installation);
            String realm = keycloak.realm(registrations);
            KeycloakProcess.apply(keycloak.settings(), realm, RealmModel.DEFAULT_NAME);
            registrations.write(file());
        } catch (KeycloakException e) {
            throw new Trouble(
                    String.valueOf(e.getMessage()), "./sinusnode status shows whether Keycloak runs; up starts it.", e);
        } catch (IllegalArgumentException e) {
            throw new Trouble(String.valueOf(e.getMessage()), "Nothing was changed.", e);
        } catch (IOException e) {
            throw unreadable(installation.home().root(), e);
        }
    }

    /** Keycloak's administration of the realm. */
    public RealmOperations operations() {
        try {
            return new RealmOperations(new KeycloakAdmin(
                    URI.create(installation.keycloakRoot()),
                    RealmModel.DEFAULT_NAME,
                    secrets().password("keycloak-admin")));
        } catch (IOException e) {
            throw unreadable(installation.home().secrets(), e);
        }
    }

    Secrets secrets() {
        try {
            return Secrets.in(installation.home().secrets());
        } catch (IOException e) {
            throw unreadable(installation.home().secrets(), e);
        }
    }

    /** The organizations and people of the cohort. */
    public RealmDirectory directory() {
        try {
            return RealmDirectory.read(installation.home().cohort().resolve("directory.json"));
        } catch (IOException e) {
            throw new Trouble("This installation has no cohort yet.", "Run ./sinusnode up first.", e);
        }
    }

    private Path file() {
        return installation.home().registrations();
    }

    private static Trouble unreadable(Path path, IOException e) {
        return new Trouble(
                path + " cannot be read or written (" + e.getMessage() + ").",
                "Run this as the user who owns the state directory.",
                e);
    }
}
