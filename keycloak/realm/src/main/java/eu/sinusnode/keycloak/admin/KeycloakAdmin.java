package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The Admin REST API of one realm, with the administrator of Keycloak's master realm. Paths are relative to
 * {@code /admin/realms/<realm>/}; the empty path is the realm itself. For one thread at a time.
 */
public final class KeycloakAdmin {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** Keycloak's administrator has a token for a minute. */
    private static final Duration TOKEN_KEPT = Duration.ofSeconds(40);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String realm;
    private final String password;
    private String token = "";
    private Instant tokenFrom = Instant.EPOCH;

    /**
     * @param base Keycloak's own base URL
     * @param password of the user {@code admin}
     */
    public KeycloakAdmin(URI base, String realm, String password) {
        this.base = base;
        this.realm = realm;
        this.password = password;
    }

    /** @throws AdminException when it is refused, or there is no such thing */
    public JsonNode get(String path) {
        return send("GET", path, null);
    }

    public void post(String path, JsonNode body) {
        send("POST", path, body);
    }

    public void put(String path, JsonNode body) {
        send("PUT", path, body);
    }

    public void delete(String path) {
        send("DELETE", path, null);
    }

    public void delete(String path, JsonNode body) {
        send("DELETE", path, body);
    }

    /** For a name in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body) {
        String below = path.isEmpty() ? "" : "/" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/admin/realms/" + realm + below))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        HttpResponse<String> answer = exchange(request);
        if (answer.statusCode() / 100 != 2) {
            throw new AdminException("Keycloak answered " + answer.statusCode() + " to " + method + " "
                    + path.replaceAll("\\?.*", "") + ": " + reason(answer.body()) + ".");
        }
        return json(answer.body());
    }

    private String token() {
        if (Instant.now().isAfter(tokenFrom.plus(TOKEN_KEPT))) {
            HttpResponse<String> answer = exchange(HttpRequest.newBuilder(
                            URI.create(base + "/realms/master/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(
                            "grant_type=password&client_id=admin-cli&username=admin&password=" + encoded(password))));
            tokenFrom = Instant.now();
            token = json(answer.body()).path("access_token").asText("");
            if (token.isEmpty()) {
                throw new AdminException(
                        "Keycloak does not take the administrator's password (secrets/keycloak-admin): "
                                + reason(answer.body()) + ".");
            }
        }
        return token;
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AdminException("Keycloak at " + base + " does not answer; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("Interrupted while waiting for Keycloak.", e);
        }
    }

    private static String reason(String body) {
        JsonNode json = json(body);
        for (String field : new String[] {"errorMessage", "error_description", "error"}) {
            if (json.path(field).isTextual()) {
                return json.path(field).asText();
            }
        }
        return "no reason given";
    }

    private static JsonNode json(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // A page of a proxy or of Keycloak's own: what it says is not for us.
            return MissingNode.getInstance();
        }
    }
}
