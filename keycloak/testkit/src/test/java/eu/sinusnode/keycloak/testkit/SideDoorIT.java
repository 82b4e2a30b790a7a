package eu.sinusnode.keycloak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.keycloak.token.AccessToken;
import eu.sinusnode.keycloak.token.OneTimeCodes;
import eu.sinusnode.keycloak.token.PersonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways around the registrations that Keycloak offers by default. */
@ExtendWith(KeycloakExtension.class)
class SideDoorIT {

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestKeycloak keycloak;

    SideDoorIT(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sinusnode-app", "sinusnode-clinic", "admin-cli", "account-console", "security-admin-console"})
    void noClientTradesAPasswordForAToken(String client) throws Exception {
        HttpResponse<String> answer = post(
                "/protocol/openid-connect/token",
                "application/x-www-form-urlencoded",
                "grant_type=password&client_id=" + client + "&username=patient-1&password="
                        + URLEncoder.encode(keycloak.password("patient-1"), StandardCharsets.UTF_8),
                Map.of());
        assertThat(answer.statusCode()).isBetween(400, 401);
        assertThat(answer.body()).contains("error").doesNotContain("access_token");
    }

    @Test
    void nobodyRegistersAClientUnasked() throws Exception {
        HttpResponse<String> answer = post(
                "/clients-registrations/openid-connect",
                "application/json",
                "{\"redirect_uris\":[\"http://127.0.0.1:9/x\"]}",
                Map.of());
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void aPersonCannotRewriteWhoTheyAre() throws Exception {
        Map<String, String> bearer = bearer(accountConsole("patient-2"));
        HttpResponse<String> own = get("/account/", bearer);
        assertThat(own.statusCode()).as("the token opens the account").isEqualTo(200);
        assertThat(own.body()).contains("patient-2");

        String other = keycloak.directory().personas().get(0).id();
        HttpResponse<String> answer = post(
                "/account/",
                "application/json",
                "{\"username\":\"patient-2\",\"attributes\":{\"patient\":[\"" + other
                        + "\"],\"fhirUser\":[\"Patient/" + other + "\"],\"caller_kind\":[\"clinician\"],"
                        + "\"organization\":[\"anywhere\"],\"purpose_of_use\":[\"TREAT\"]}}",
                bearer);
        assertThat(answer.statusCode()).isIn(204, 400, 403);

        String record = keycloak.directory().personas().get(1).id();
        assertThat(keycloak.login("patient-2").claims())
                .containsEntry("patient", record)
                .containsEntry("fhirUser", "Patient/" + record)
                .containsEntry("caller_kind", "patient")
                .containsEntry("purpose_of_use", "PATRQT")
                .doesNotContainKey("organization");
    }

    @Test
    void theAccountConsolesTokenIsNotForTheFhirServer() {
        Map<String, Object> claims = accountConsole("patient-1").claims();
        assertThat(String.valueOf(claims.get("aud"))).doesNotContain(TestKeycloak.FHIR_BASE.toString());
        assertThat(claims).doesNotContainKeys("caller_kind", "patient", "jurisdiction");
    }

    @Test
    void aPersonsTokenOpensNoAdministration() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(keycloak.issuer().uri().resolve("/admin/realms/sinusnode/users"))
                .header("Authorization", "Bearer " + keycloak.login("auditor").value())
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isIn(401, 403);
    }

    private AccessToken accountConsole(String username) {
        PersonToken console = new PersonToken(
                keycloak.issuer(),
                "account-console",
                URI.create(keycloak.issuer().uri() + "/account/"),
                OneTimeCodes.inMemory());
        return console.login(username, keycloak.secretsOf(username), List.of());
    }

    private static Map<String, String> bearer(AccessToken token) {
        return Map.of("Authorization", "Bearer " + token.value());
    }

    private HttpResponse<String> get(String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    private HttpResponse<String> post(String path, String type, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(keycloak.issuer().uri() + path))
                .header("Accept", "application/json");
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
