package eu.sinusnode.keycloak.testkit;

import com.nimbusds.jose.jwk.ECKey;
import eu.sinusnode.keycloak.admin.KeycloakAdmin;
import eu.sinusnode.keycloak.admin.RealmUpdate;
import eu.sinusnode.keycloak.process.KeycloakProcess;
import eu.sinusnode.keycloak.process.KeycloakSettings;
import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.DemoRealm;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Person;
import eu.sinusnode.keycloak.realm.RealmDirectory;
import eu.sinusnode.keycloak.realm.RealmModel;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.keycloak.token.BackendToken;
import eu.sinusnode.keycloak.token.Issuer;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.OneTimeCodes;
import eu.sinusnode.keycloak.token.PersonToken;
import eu.sinusnode.policy.access.AccessMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The running Keycloak of a test JVM and everything needed to get tokens from it. */
public final class TestKeycloak {

    /** The audience of its tokens; a server under test is told so, whatever port it listens on. */
    public static final URI FHIR_BASE = URI.create("http://127.0.0.1:8080/fhir");

    private final KeycloakSettings settings;
    private final int fhirPort;
    private final RealmDirectory directory;
    private final Secrets secrets;
    private final OneTimeCodes codes = OneTimeCodes.inMemory();

    private TestKeycloak(KeycloakSettings settings, int fhirPort, RealmDirectory directory, Secrets secrets) {
        this.settings = settings;
        this.fhirPort = fhirPort;
        this.directory = directory;
        this.secrets = secrets;
    }

    static TestKeycloak start() {
        TestHome home = TestHome.find();
        home.endOrphans();
        Path folder = home.folder("shared");
        try {
            RealmDirectory directory = fixture(folder);
            Secrets secrets = Secrets.in(folder.resolve("secrets"));
            KeycloakSettings settings = TestHome.settings(folder, secrets.password("keycloak-admin"));
            int fhirPort = TestHome.freePort();
            // The JVM may end without closing the extension, for example when a test calls for its end.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> KeycloakProcess.stop(settings.pidFile())));
            KeycloakProcess.startOrAdopt(
                    home.distribution(),
                    settings,
                    DemoRealm.generate(
                            directory,
                            secrets,
                            FHIR_BASE,
                            fhirEndpoint(fhirPort),
                            URI.create(DemoRegistrations.APP_REDIRECT_URI),
                            Registrations.none()),
                    RealmModel.DEFAULT_NAME);
            return new TestKeycloak(settings, fhirPort, directory, secrets);
        } catch (IOException e) {
            throw new UncheckedIOException("The test Keycloak's files cannot be written.", e);
        }
    }

    void stop() {
        KeycloakProcess.stop(settings.pidFile());
    }

    /** Where this Keycloak asks for launch keys and patients; a test may answer there, and nobody else does. */
    public URI fhirEndpoint() {
        return fhirEndpoint(fhirPort);
    }

    private static URI fhirEndpoint(int port) {
        return URI.create("http://127.0.0.1:" + port + "/fhir");
    }

    public Issuer issuer() {
        return new Issuer(settings.issuer(RealmModel.DEFAULT_NAME));
    }

    /** Keycloak's administration of the realm. */
    public KeycloakAdmin admin() {
        try {
            return new KeycloakAdmin(settings.base(), RealmModel.DEFAULT_NAME, secrets.password("keycloak-admin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds to the running realm what these registrations say, as the commands of {@code ./sinusnode register} do. */
    public void apply(Registrations registrations) {
        try {
            String realm = DemoRealm.generate(
                    directory,
                    secrets,
                    FHIR_BASE,
                    fhirEndpoint(),
                    URI.create(DemoRegistrations.APP_REDIRECT_URI),
                    registrations);
            RealmUpdate.apply(admin(), realm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The organizations, practitioners and patients that clients and people are bound to. */
    public RealmDirectory directory() {
        return directory;
    }

    public List<Person> people() {
        return DemoRegistrations.people(directory);
    }

    /** @param clientId one of {@link DemoRegistrations} */
    public BackendToken backend(String clientId) {
        return new BackendToken(issuer(), clientId, key(clientId));
    }

    /** A backend client's token with all scopes of its kind, as {@link #login} is for people. */
    public AccessToken token(String clientId) {
        return backend(clientId)
                .fetch(DemoRegistrations.clients(directory).stream()
                        .filter(client -> client.clientId().equals(clientId))
                        .map(ClientRegistration.Backend.class::cast)
                        .map(client -> AccessMatrix.standard().scopesOf(client.callerKind()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No client is called " + clientId)));
    }

    /** The patients' app. */
    public PersonToken app() {
        return app(DemoRegistrations.APP);
    }

    /** @param clientId one of the apps of {@link DemoRegistrations} */
    public PersonToken app(String clientId) {
        return new PersonToken(issuer(), clientId, URI.create(DemoRegistrations.APP_REDIRECT_URI), codes)
                .forServer(FHIR_BASE);
    }

    /**
     * A login with all scopes of the person's kind, with the app for that kind. People with a second factor can log in
     * three times at once; a further login waits up to half a minute for a code that nobody used before.
     */
    public AccessToken login(String username) {
        Person person = people().stream()
                .filter(candidate -> candidate.username().equals(username))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nobody is called " + username));
        return app(DemoRegistrations.appOf(person.callerKind()))
                .login(username, secretsOf(username), AccessMatrix.standard().scopesOf(person.callerKind()));
    }

    public String password(String username) {
        return secretsOf(username).password();
    }

    /** Password and, where there is one, second factor. */
    public Login secretsOf(String username) {
        try {
            return secrets.login(username).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A code of the person's second factor that nobody used before; waits up to half a minute for one. */
    public String secondFactor(String username) {
        return codes.next(Objects.requireNonNull(secretsOf(username).totp(), username));
    }

    /** Of the user {@code admin} of the master realm. */
    public String adminPassword() {
        return settings.adminPassword();
    }

    /** The private key of a backend client. */
    public ECKey key(String clientId) {
        try {
            return secrets.clientKey(clientId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the fixture by the same way as a cohort's directory. */
    private static RealmDirectory fixture(Path folder) throws IOException {
        Path file = folder.resolve("directory.json");
        try (InputStream resource =
                Objects.requireNonNull(TestKeycloak.class.getResourceAsStream("directory.json"), "directory.json")) {
            Files.write(file, resource.readAllBytes());
        }
        return RealmDirectory.read(file);
    }
}
