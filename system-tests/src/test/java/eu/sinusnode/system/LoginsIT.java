package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.keycloak.token.PersonSession;
import eu.sinusnode.keycloak.token.TokenException;
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

/** What happens in Keycloak is found by the auditor in the FHIR server's audit, once. */
@ExtendWith(SystemExtension.class)
class LoginsIT {

    /** The server looks every three seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String LOGIN = "110122";
    private static final String LOGOUT = "110123";

    @Test
    void loginsFailuresLogoutsAndAdministrationAreAudited(RunningSystem system) throws Exception {
        People people = new People(system.installation());
        Instant start = Instant.now().minusSeconds(1);
        String guess = "a-wrong-guess-of-the-password";

        PersonSession session = people.login("patient-9");
        assertThatThrownBy(() -> people.loginWith("patient-9", guess)).isInstanceOf(TokenException.class);
        people.app().logout(session);
        people.login("patient-9");
        new RegistrationBook(system.installation()).operations().endSessionsOfPerson("patient-9");
        String subject = String.valueOf(session.token().claims().get("sub"));

        Predicate<JsonNode> his = event -> text(event).contains(subject);
        await(system, start, his.and(event -> is(event, LOGIN) && succeeded(event)), 2);
        await(system, start, his.and(event -> is(event, LOGOUT) && succeeded(event)), 1);
        List<JsonNode> failures = await(
                system,
                start,
                his.and(event -> outcome(event).equals("KEYCLOAK-LOGIN_ERROR: invalid_user_credentials")),
                1);
        assertThat(failures)
                .allSatisfy(event -> assertThat(event.path("outcome").asText()).isNotEqualTo("0"));
        await(system, start, event -> outcome(event).startsWith("keycloak ADMIN ACTION"), 1);

        // Some more looks bring nothing twice.
        Thread.sleep(8_000);
        List<JsonNode> all = events(system, start);
        assertThat(all.stream().filter(his.and(event -> is(event, LOGIN) && succeeded(event))))
                .hasSize(2);
        assertThat(all.stream().map(event -> event.path("id").asText())).doesNotHaveDuplicates();
        assertThat(all)
                .as("neither what was typed nor the user's name")
                .noneMatch(event -> text(event).contains(guess) || text(event).contains("patient-9"));
    }

    @Test
    void aProgramsTokenIsAuditedWithItsClient(RunningSystem system) throws Exception {
        Instant start = Instant.now().minusSeconds(1);
        String token = new RealmAdministration(system.installation()).tokenOfAClientForAnotherService();
        String client = String.valueOf(
                new AccessToken(token, start, Duration.ofMinutes(5)).claims().get("azp"));

        List<JsonNode> tokens = await(
                system,
                start,
                event -> outcome(event).equals("keycloak CLIENT_LOGIN")
                        && text(event).contains(client),
                1);

        assertThat(tokens).hasSize(1);
    }

    /** Whoever is refused by Keycloak can name what the answer was called, and the auditor finds it by that. */
    @Test
    void aRefusedTokenRequestIsFoundByTheIdOfItsAnswer(RunningSystem system) throws Exception {
        Instant start = Instant.now().minusSeconds(1);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(system.installation().issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=authorization_code&client_id="
                        + DemoRegistrations.APP + "&code=guessed&redirect_uri="
                        + URLEncoder.encode(DemoRegistrations.APP_REDIRECT_URI, StandardCharsets.UTF_8)))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        String id = answer.headers().firstValue("X-Request-ID").orElseThrow();
        List<JsonNode> found = await(system, start, event -> text(event).contains(id), 1);
        assertThat(found).singleElement().satisfies(event -> assertThat(outcome(event))
                .startsWith("KEYCLOAK-CODE_TO_TOKEN_ERROR: "));
        assertThat(system.as("auditor").searchAll("AuditEvent?request-id=" + id))
                .hasSize(1);
    }

    private static List<JsonNode> await(RunningSystem system, Instant start, Predicate<JsonNode> wanted, int least)
            throws InterruptedException {
        Instant latest = Instant.now().plus(PATIENCE);
        while (true) {
            List<JsonNode> all = events(system, start);
            List<JsonNode> found = all.stream().filter(wanted).toList();
            if (found.size() >= least) {
                return found;
            }
            assertThat(Instant.now())
                    .as(() ->
                            "found only " + all.stream().map(LoginsIT::outcome).toList())
                    .isBefore(latest);
            Thread.sleep(1_000);
        }
    }

    private static List<JsonNode> events(RunningSystem system, Instant start) {
        return system
                .as("auditor")
                .searchAll("AuditEvent?_count=100&date=" + URLEncoder.encode("ge" + start, StandardCharsets.UTF_8))
                .stream()
                .filter(event -> "AuditEvent".equals(event.path("resourceType").asText()))
                .toList();
    }

    private static boolean is(JsonNode event, String subtype) {
        return event.path("subtype").findValuesAsText("code").contains(subtype);
    }

    private static boolean succeeded(JsonNode event) {
        return "0".equals(event.path("outcome").asText());
    }

    private static String outcome(JsonNode event) {
        return event.path("outcomeDesc").asText();
    }

    private static String text(JsonNode event) {
        return event.toString();
    }
}
