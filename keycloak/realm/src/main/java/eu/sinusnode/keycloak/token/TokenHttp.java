package eu.sinusnode.keycloak.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** Forms to the authorization server and what it says to them. */
final class TokenHttp {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http;

    TokenHttp(HttpClient http) {
        this.http = http;
    }

    static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    HttpResponse<String> post(URI uri, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
    }

    /** @param who the client or person, for the sentence of a refusal */
    AccessToken token(Issuer issuer, String who, Map<String, String> fields) {
        return session(issuer, who, fields).token();
    }

    /** With the refresh token, where one came. */
    PersonSession session(Issuer issuer, String who, Map<String, String> fields) {
        Instant asked = Instant.now();
        HttpResponse<String> answer = post(issuer.tokenEndpoint(), fields);
        JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new TokenException(
                    "invalid_response",
                    issuer.uri() + " answered " + answer.statusCode() + " without JSON; is it a Keycloak realm?",
                    e);
        }
        if (answer.statusCode() != 200) {
            String error = body.path("error").asText("refused");
            throw new TokenException(
                    error,
                    "The authorization server gave " + who + " no token: "
                            + body.path("error_description").asText("no description") + " (" + error + ").");
        }
        String value = body.path("access_token").asText("");
        if (value.isEmpty()) {
            throw new TokenException("invalid_response", issuer.uri() + " answered without an access token.");
        }
        AccessToken token = new AccessToken(
                value, asked, Duration.ofSeconds(body.path("expires_in").asLong(0)));
        return new PersonSession(token, body.path("refresh_token").asText(""));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        HttpRequest built = request.timeout(TIMEOUT)
                .header("Accept", "application/json, text/html;q=0.9")
                .header("Accept-Language", "en")
                .build();
        try {
            return http.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new TokenException(
                    "unreachable",
                    "No answer from the authorization server at " + built.uri().getScheme() + "://"
                            + built.uri().getAuthority() + "; is it running?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenException("interrupted", "Interrupted while waiting for the authorization server.", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
