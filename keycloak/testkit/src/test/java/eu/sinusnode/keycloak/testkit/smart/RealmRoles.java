package eu.sinusnode.keycloak.testkit.smart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

/** Keycloak's administrator, for what the demo's realm does not have. */
final class RealmRoles {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestKeycloak keycloak;

    RealmRoles(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    void grant(String username, String role) throws IOException, InterruptedException {
        String token = json(post(
                        keycloak.issuer().uri().resolve("/realms/master/protocol/openid-connect/token"),
                        "",
                        "application/x-www-form-urlencoded",
                        Browser.form(Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "admin",
                                "password", keycloak.adminPassword()))))
                .path("access_token")
                .asText();
        URI realm = keycloak.issuer().uri().resolve("/admin/realms/sinusnode/");
        HttpResponse<String> found = http.send(
                HttpRequest.newBuilder(realm.resolve("roles/" + role))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> answer = post(
                realm.resolve("users/" + Launches.subject(username) + "/role-mappings/realm"),
                token,
                "application/json",
                "[" + found.body() + "]");
        if (answer.statusCode() != 204) {
            throw new AssertionError("Role " + role + " was not granted: " + answer.statusCode());
        }
    }

    private HttpResponse<String> post(URI uri, String token, String type, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
