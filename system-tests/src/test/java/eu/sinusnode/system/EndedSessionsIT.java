package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.token.PersonSession;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.registration.RegistrationBook;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keycloak tells the FHIR server that a session ended: its tokens are worthless long before they expire. */
@ExtendWith(SystemExtension.class)
class EndedSessionsIT {

    /** The server's memory of a good token is half a minute: sooner than that, only the news can be the reason. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Test
    void aLogoutEndsThatSessionsTokensAtOnceAndNoOthers(RunningSystem system) throws Exception {
        People people = new People(system.installation());
        String own = "Patient/" + system.persona(7).id();
        PersonSession phone = people.login("patient-7");
        PersonSession tablet = people.login("patient-7");
        assertThat(people.as(phone).get(own).status()).isEqualTo(200);
        assertThat(people.as(tablet).get(own).status()).isEqualTo(200);

        people.app().logout(phone);

        assertEnded(people.as(phone), own);
        assertThat(people.as(tablet).get(own).status())
                .as("another session of the person")
                .isEqualTo(200);
    }

    @Test
    void theOperatorEndsAllSessionsOfAPersonAtOnce(RunningSystem system) throws Exception {
        People people = new People(system.installation());
        String own = "Patient/" + system.persona(8).id();
        PersonSession phone = people.login("patient-8");
        PersonSession tablet = people.login("patient-8");
        assertThat(people.as(phone).get(own).status()).isEqualTo(200);
        assertThat(people.as(tablet).get(own).status()).isEqualTo(200);

        new RegistrationBook(system.installation()).operations().endSessionsOfPerson("patient-8");

        assertEnded(people.as(phone), own);
        assertEnded(people.as(tablet), own);
        assertThat(people.as(people.login("patient-8")).get(own).status())
                .as("a new login")
                .isEqualTo(200);
    }

    /** RFC 9700, 4.14.2: what the thief already has goes as well, and the theft is in the audit. */
    @Test
    void aRefreshTokenThatIsShownTwiceEndsTheLoginAndIsAudited(RunningSystem system) throws Exception {
        People people = new People(system.installation());
        Instant start = Instant.now().minusSeconds(1);
        String own = "Patient/" + system.persona(7).id();
        PersonSession owners = people.login("patient-7");
        PersonSession elsewhere = people.login("patient-7");
        PersonSession thiefs = people.app().refresh(owners);
        assertThat(people.as(thiefs).get(own).status()).isEqualTo(200);
        assertThat(people.as(owners).get(own).status()).isEqualTo(200);

        HttpResponse<String> refused = refresh(system, owners.refreshToken());

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("\"invalid_grant\"");
        assertEnded(people.as(thiefs), own);
        assertEnded(people.as(owners), own);
        assertThat(people.as(elsewhere).get(own).status())
                .as("another login of the person")
                .isEqualTo(200);
        List<JsonNode> events = audited(
                system,
                "AuditEvent?request-id="
                        + refused.headers().firstValue("X-Request-ID").orElseThrow(),
                event -> true);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path("outcomeDesc").asText()).startsWith("KEYCLOAK-REFRESH_TOKEN_ERROR: ");
            assertThat(event.path("outcome").asText()).isNotEqualTo("0");
        });
        String subject = String.valueOf(owners.token().claims().get("sub"));
        assertThat(audited(
                        system,
                        "AuditEvent?_count=100&date=" + URLEncoder.encode("ge" + start, StandardCharsets.UTF_8),
                        event -> event.path("outcomeDesc").asText().equals("keycloak REVOKE_GRANT")
                                && event.toString().contains(subject)))
                .as("that the login was ended for it")
                .hasSize(1);
    }

    private static HttpResponse<String> refresh(RunningSystem system, String refreshToken) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(system.installation().issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&client_id=" + DemoRegistrations.APP
                        + "&refresh_token=" + URLEncoder.encode(refreshToken, StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Keycloak's events are read every few seconds. */
    private static List<JsonNode> audited(RunningSystem system, String search, Predicate<JsonNode> wanted)
            throws InterruptedException {
        Instant latest = Instant.now().plusSeconds(60);
        List<JsonNode> found = List.of();
        while (found.isEmpty() && Instant.now().isBefore(latest)) {
            Thread.sleep(500);
            found = system.as("auditor").searchAll(search).stream()
                    .filter(event ->
                            "AuditEvent".equals(event.path("resourceType").asText()))
                    .filter(wanted)
                    .toList();
        }
        return found;
    }

    private static void assertEnded(FhirEndpoint endpoint, String path) throws InterruptedException {
        Instant latest = Instant.now().plus(AT_ONCE);
        Answer answer = endpoint.get(path);
        while (answer.status() != 401 && Instant.now().isBefore(latest)) {
            Thread.sleep(50);
            answer = endpoint.get(path);
        }
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.denialCode()).contains("SN-TOKEN-004");
    }
}
