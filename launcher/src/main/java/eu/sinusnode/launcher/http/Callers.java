package eu.sinusnode.launcher.http;

import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Person;
import eu.sinusnode.keycloak.realm.RealmDirectory;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.keycloak.token.BackendToken;
import eu.sinusnode.keycloak.token.Issuer;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.OneTimeCodes;
import eu.sinusnode.keycloak.token.PersonToken;
import eu.sinusnode.keycloak.token.TokenException;
import eu.sinusnode.keycloak.token.Totp;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The people and programs of the demo, each with tokens of its own from Keycloak. Safe for several threads. */
public final class Callers {

    /** A request that is sent now must not arrive with a dead token. */
    private static final Duration MARGIN = Duration.ofSeconds(45);

    private final Installation installation;
    private final HttpClient client;
    private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();

    public Callers(Installation installation, HttpClient client) {
        this.installation = installation;
        this.client = client;
    }

    /** The FHIR API as the named caller sees it, e.g. {@code clinician-1} or {@code insurer}. */
    public FhirEndpoint as(String name) {
        return new FhirEndpoint(client, installation.fhirBase(), () -> token(name));
    }

    /**
     * An access token that is good for a while.
     *
     * @param name a client or a person of the demo realm
     * @throws Trouble when there is no such caller, or Keycloak gives no token
     */
    public String token(String name) {
        return token(name, MARGIN);
    }

    /**
     * An access token that is good for some time more, or a new one.
     *
     * @param name a client or a person of the demo realm
     * @throws Trouble when there is no such caller, or Keycloak gives no token
     */
    public String token(String name, Duration goodFor) {
        return tokens.compute(
                        name,
                        (caller, known) ->
                                known != null && known.goodFor(goodFor, Instant.now()) ? known : fetch(caller))
                .value();
    }

    /** The demo's clinicians, one a clinic; those who were registered by command log in themselves. */
    public List<String> clinicians() {
        try {
            return DemoRegistrations.people(
                            RealmDirectory.read(installation.home().cohort().resolve("directory.json")))
                    .stream()
                    .filter(person -> person.callerKind() == CallerKind.CLINICIAN)
                    .map(Person::username)
                    .toList();
        } catch (IOException e) {
            throw new Trouble(
                    "The cohort's directory cannot be read (" + e.getMessage() + ").",
                    "Run ./sinusnode demo, which makes it.",
                    e);
        }
    }

    private AccessToken fetch(String name) {
        Issuer issuer = Issuer.of(installation.issuer());
        try {
            Secrets secrets = Secrets.in(installation.home().secrets());
            if (hasKey(name)) {
                return new BackendToken(issuer, name, secrets.clientKey(name)).fetch(scopesOfProgram(name));
            }
            Person person = person(name)
                    .orElseThrow(() -> new Trouble(
                            "There is no caller named '" + name + "' in this demo.", "Known are: " + names() + "."));
            return new PersonToken(
                            issuer, DemoRegistrations.appOf(person.callerKind()), installation.appRedirect(), codes())
                    .forServer(URI.create(installation.fhirBase()))
                    .login(
                            name,
                            secrets.login(name).orElseThrow(() -> noSecrets(name)),
                            AccessMatrix.standard().scopesOf(person.callerKind()));
        } catch (TokenException e) {
            throw new Trouble(
                    String.valueOf(e.getMessage()), "./sinusnode status shows whether Keycloak runs; up starts it.", e);
        } catch (IOException e) {
            throw new Trouble(
                    "The secrets of " + name + " cannot be read (" + e.getMessage() + ").",
                    "Run ./sinusnode up as the user who owns "
                            + installation.home().root() + ".",
                    e);
        }
    }

    /**
     * The second factor's code that this person would type in now.
     *
     * @throws Trouble when the person has none, or is not known here
     */
    public String code(String name) {
        try {
            Login login = Secrets.in(installation.home().secrets()).login(name).orElseThrow(() -> noSecrets(name));
            Totp totp = login.totp();
            if (totp == null) {
                throw new Trouble(name + " has no second factor.", "The password alone is enough to log in.");
            }
            return codes().next(totp);
        } catch (IOException e) {
            throw new Trouble(
                    "The secrets of " + name + " cannot be read (" + e.getMessage() + ").",
                    "Run this as the user who owns " + installation.home().root() + ".",
                    e);
        }
    }

    /** Shared by all commands of this installation: the authorization server takes no code twice. */
    private OneTimeCodes codes() {
        return OneTimeCodes.in(installation.home().run().resolve("codes"));
    }

    private static Trouble noSecrets(String name) {
        return new Trouble(
                "No login of '" + name + "' is kept here.",
                "Kept are those of the demo's people, in secrets/users.json; others know their own.");
    }

    private boolean hasKey(String name) {
        return name.matches("[a-z0-9-]+")
                && Files.isRegularFile(
                        installation.home().secrets().resolve("clients").resolve(name + ".jwk.json"));
    }

    /** All that the program may ask for; none for the server's own, which is no caller. */
    private SortedSet<String> scopesOfProgram(String name) throws IOException {
        List<ClientRegistration> programs = new ArrayList<>(DemoRegistrations.clients(
                RealmDirectory.read(installation.home().cohort().resolve("directory.json"))));
        Registrations.read(installation.home().registrations())
                .clients()
                .forEach(client -> programs.add(client.registration()));
        return programs.stream()
                .filter(program -> program.clientId().equals(name))
                .filter(ClientRegistration.Backend.class::isInstance)
                .map(ClientRegistration.Backend.class::cast)
                .map(program -> AccessMatrix.standard().scopesOf(program.callerKind()))
                .findFirst()
                .orElseGet(TreeSet::new);
    }

    private Optional<Person> person(String name) throws IOException {
        return people().stream().filter(p -> p.username().equals(name)).findFirst();
    }

    private List<Person> people() throws IOException {
        List<Person> people = new ArrayList<>(DemoRegistrations.people(
                RealmDirectory.read(installation.home().cohort().resolve("directory.json"))));
        Registrations.read(installation.home().registrations()).people().forEach(member -> people.add(member.person()));
        return people;
    }

    private String names() {
        try {
            List<String> names = people().stream().map(Person::username).toList();
            return String.join(
                    ", ",
                    String.join(", ", names),
                    DemoRegistrations.CLINIC_SYSTEM,
                    DemoRegistrations.DEVICE_GATEWAY,
                    DemoRegistrations.INSURER,
                    DemoRegistrations.INSURER_OVERSEAS,
                    DemoRegistrations.ANALYSIS_JOB,
                    DemoRegistrations.LOADER);
        } catch (IOException e) {
            return "none before the first ./sinusnode up";
        }
    }
}
