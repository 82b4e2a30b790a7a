package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.keycloak.admin.RealmOperations;
import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Person;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.OneTimeCodes;
import eu.sinusnode.keycloak.token.PersonSession;
import eu.sinusnode.keycloak.token.PersonToken;
import eu.sinusnode.keycloak.token.TokenException;
import eu.sinusnode.keycloak.token.Totp;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logins that must not succeed beside those that do: second factors, guessing, leavers, stolen refresh tokens. */
@ExtendWith(KeycloakExtension.class)
class PeopleIT {

    private static final AccessMatrix MATRIX = AccessMatrix.standard();

    private final TestKeycloak keycloak;

    PeopleIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Test
    void aPasswordAloneDoesNotLetStaffIn() {
        for (String name : List.of("clinician-1", "auditor", "administrator")) {
            Login login = new Login(keycloak.password(name), null);
            assertThatThrownBy(() -> appOf(name).login(name, login, scopesOf(name)))
                    .as(name)
                    .isInstanceOfSatisfying(
                            TokenException.class, e -> assertThat(e.error()).isEqualTo("second_factor_needed"));
        }
        assertThat(keycloak.login("administrator").claims()).containsEntry("caller_kind", "administrator");
        assertThat(keycloak.login("patient-1").claims()).containsEntry("caller_kind", "patient");
        assertThat(keycloak.login("representative-1").claims()).containsEntry("caller_kind", "representative");
    }

    /** What break-glass asks for. */
    @Test
    void theTokenSaysWhetherASecondFactorWasShown() {
        assertThat(keycloak.login("clinician-1").claims()).containsEntry("amr", List.of("otp"));
        assertThat(keycloak.login("patient-1").claims()).containsEntry("amr", List.of());
    }

    @Test
    void aWrongCodeIsRefused() {
        Login wrong = new Login(keycloak.password("clinician-2"), Totp.generate(new SecureRandom()));
        assertThatThrownBy(() -> appOf("clinician-2").login("clinician-2", wrong, scopesOf("clinician-2")))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("second_factor_refused"));
    }

    @Test
    void aCodeIsGoodOnce() throws Exception {
        // A person of its own: other tests may have used the codes of this moment.
        Person auditor = Person.auditor("auditor-once", "c0000000-0000-4000-8000-000000000001");
        keycloak.apply(Registrations.none().with(new Registrations.Member(auditor, true)));
        Login login = keycloak.secretsOf("auditor-once");
        Set<String> scopes = MATRIX.scopesOf(CallerKind.AUDITOR);
        waitForAFreshStep();
        PersonToken first = forgetful();
        PersonToken second = forgetful();
        assertThat(first.login("auditor-once", login, scopes).claims()).containsEntry("caller_kind", "auditor");
        assertThatThrownBy(() -> second.login("auditor-once", login, scopes))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("second_factor_refused"));
    }

    @Test
    void guessingLocksTheAccountForAWhile() {
        Registrations.Member member = newPatient("patient-guessed");
        keycloak.apply(Registrations.none().with(member));
        Login right = keycloak.secretsOf("patient-guessed");
        assertThat(login("patient-guessed", right).token().value()).isNotEmpty();
        for (int i = 0; i < 6; i++) {
            assertThatThrownBy(() -> login("patient-guessed", new Login("not-the-password", null)))
                    .isInstanceOf(TokenException.class);
        }
        assertThatThrownBy(() -> login("patient-guessed", right))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("login_refused"));
    }

    @Test
    void aBlockedPersonNeitherLogsInNorRefreshes() {
        Registrations registered = Registrations.none().with(newPatient("patient-leaving"));
        keycloak.apply(registered);
        Login login = keycloak.secretsOf("patient-leaving");
        PersonSession session = login("patient-leaving", login);
        PersonSession refreshed = keycloak.app().refresh(session);
        assertThat(refreshed.token().value()).isNotEmpty();

        keycloak.apply(registered.withPersonBlocked("patient-leaving", true));
        new RealmOperations(keycloak.admin()).endSessionsOfPerson("patient-leaving");
        assertThatThrownBy(() -> keycloak.app().refresh(refreshed))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_grant"));
        assertThatThrownBy(() -> login("patient-leaving", login)).isInstanceOf(TokenException.class);

        keycloak.apply(registered);
        assertThat(login("patient-leaving", login).token().value())
                .as("let in again")
                .isNotEmpty();
    }

    /** RFC 9700, 4.14.2. All in one second, since by Keycloak's own comparison of seconds the oldest one was good again. */
    @Test
    void aRefreshTokenThatAThiefShowsAfterItsOwnerEndsTheLogin() throws Exception {
        Login login = keycloak.secretsOf("patient-2");
        PersonSession elsewhere = login("patient-2", login);
        waitForAFreshSecond();
        PersonSession stolen = login("patient-2", login);
        PersonSession second = keycloak.app().refresh(stolen);
        PersonSession third = keycloak.app().refresh(second);
        assertThat(List.of(stolen.refreshToken(), second.refreshToken(), third.refreshToken()))
                .doesNotContain("")
                .doesNotHaveDuplicates();
        int before = thefts();

        assertNotRefreshed(stolen);

        assertThat(thefts()).as("events that tell of it").isEqualTo(before + 1);
        assertNotRefreshed(third);
        assertNotRefreshed(second);
        assertNotRefreshed(stolen);
        PersonSession goesOn = keycloak.app().refresh(elsewhere);
        assertThat(keycloak.app().refresh(goesOn).token().value())
                .as("another login of the person")
                .isNotEmpty();
        assertThat(keycloak.app().refresh(login("patient-2", login)).token().value())
                .as("a new login")
                .isNotEmpty();
    }

    @Test
    void aThiefWhoIsFasterLosesTheAccessWhenTheOwnerRefreshes() throws Exception {
        waitForAFreshSecond();
        PersonSession owners = login("patient-2", keycloak.secretsOf("patient-2"));
        PersonSession thiefs = keycloak.app().refresh(owners);
        assertThat(thiefs.token().value()).isNotEmpty();

        assertNotRefreshed(owners);

        assertNotRefreshed(thiefs);
    }

    @Test
    void aStolenTokenOfOfflineAccessEndsItToo() throws Exception {
        waitForAFreshSecond();
        PersonSession stolen = login("patient-2", keycloak.secretsOf("patient-2"), "offline_access");
        PersonSession second = keycloak.app().refresh(stolen);
        PersonSession third = keycloak.app().refresh(second);

        assertNotRefreshed(stolen);

        assertNotRefreshed(third);
        assertNotRefreshed(second);
    }

    @Test
    void ofThoseWhoShowOneTokenAtTheSameTimeOneAtMostIsAnsweredAndTheLoginEnds() throws Exception {
        PersonSession stolen = login("patient-2", keycloak.secretsOf("patient-2"));
        ExecutorService atOnce = Executors.newFixedThreadPool(4);
        List<PersonSession> refreshed = new ArrayList<>();
        try {
            List<Future<PersonSession>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(atOnce.submit(() -> keycloak.app().refresh(stolen)));
            }
            for (Future<PersonSession> answer : answers) {
                try {
                    refreshed.add(answer.get(1, TimeUnit.MINUTES));
                } catch (ExecutionException refused) {
                    assertThat(refused).hasCauseInstanceOf(TokenException.class);
                }
            }
        } finally {
            atOnce.shutdownNow();
        }
        assertThat(refreshed).hasSizeLessThan(2);
        refreshed.forEach(this::assertNotRefreshed);
        assertNotRefreshed(stolen);
    }

    private int thefts() {
        int thefts = 0;
        for (JsonNode event : keycloak.admin().get("events?type=REVOKE_GRANT&max=100")) {
            if (event.at("/details/reason").asText().equals("refresh_token_reused")) {
                thefts++;
            }
        }
        return thefts;
    }

    private void assertNotRefreshed(PersonSession session) {
        assertThatThrownBy(() -> keycloak.app().refresh(session))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_grant"));
    }

    private static void waitForAFreshSecond() throws InterruptedException {
        Thread.sleep(1000 - Instant.now().toEpochMilli() % 1000);
    }

    @Test
    void nobodyRegistersUnasked() throws Exception {
        URI uri = URI.create(keycloak.issuer().uri()
                + "/protocol/openid-connect/registrations?response_type=code&scope=openid&client_id="
                + DemoRegistrations.APP + "&redirect_uri=" + DemoRegistrations.APP_REDIRECT_URI);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).doesNotContain("kc-register-form");
        assertThat(answer.statusCode()).isBetween(400, 499);
    }

    @Test
    void somebodyWhoWasHandedAPasswordMustChooseAnOwnOne() {
        Person person = Person.patient("patient-handed", "a0000000-0000-4000-8000-0000000000aa");
        keycloak.apply(Registrations.none().with(new Registrations.Member(person, false)));
        Login handed = new Login("once-and-never-again-1", null);
        assertThatThrownBy(() -> login("patient-handed", handed)).isInstanceOf(TokenException.class);
        new RealmOperations(keycloak.admin()).handOver("patient-handed", handed);
        assertThatThrownBy(() -> login("patient-handed", handed))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("one more step");
    }

    @Test
    void anAppsServerIsToldWhenASessionEnds() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.createContext("/logout", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        app.start();
        try {
            keycloak.apply(Registrations.none()
                    .with(new Registrations.Client(
                            new ClientRegistration.App(
                                    "app-with-server",
                                    "App with a server",
                                    "DE",
                                    Set.of(CallerKind.PATIENT),
                                    List.of(DemoRegistrations.APP_REDIRECT_URI),
                                    URI.create("http://127.0.0.1:"
                                            + app.getAddress().getPort() + "/logout")),
                            null)));
            keycloak.app("app-with-server").login("patient-2", keycloak.secretsOf("patient-2"), Set.of());
            new RealmOperations(keycloak.admin()).endSessionsOfPerson("patient-2");
            assertThat(told.poll(20, TimeUnit.SECONDS)).startsWith("logout_token=");
        } finally {
            app.stop(0);
        }
    }

    private Registrations.Member newPatient(String username) {
        return new Registrations.Member(Person.patient(username, "a0000000-0000-4000-8000-0000000000ff"), true);
    }

    private PersonSession login(String username, Login login) {
        return login(username, login, "online_access");
    }

    /** @param access the scope without which an app gets no refresh token */
    private PersonSession login(String username, Login login, String access) {
        Set<String> scopes = new TreeSet<>(MATRIX.scopesOf(CallerKind.PATIENT));
        scopes.add(access);
        return keycloak.app().session(username, login, scopes);
    }

    private PersonToken appOf(String username) {
        return keycloak.app(DemoRegistrations.appOf(kindOf(username)));
    }

    private Set<String> scopesOf(String username) {
        return MATRIX.scopesOf(kindOf(username));
    }

    private CallerKind kindOf(String username) {
        return keycloak.people().stream()
                .filter(person -> person.username().equals(username))
                .findFirst()
                .orElseThrow()
                .callerKind();
    }

    /** Each remembers for itself, so two of them type in the same code. */
    private PersonToken forgetful() {
        return new PersonToken(
                        keycloak.issuer(),
                        DemoRegistrations.STAFF_APP,
                        URI.create(DemoRegistrations.APP_REDIRECT_URI),
                        OneTimeCodes.inMemory())
                .forServer(TestKeycloak.FHIR_BASE);
    }

    /** So that both codes are of one step. */
    private static void waitForAFreshStep() throws InterruptedException {
        long second = Instant.now().getEpochSecond() % Totp.PERIOD.toSeconds();
        if (second > 15) {
            Thread.sleep((Totp.PERIOD.toSeconds() - second) * 1000);
        }
    }
}
