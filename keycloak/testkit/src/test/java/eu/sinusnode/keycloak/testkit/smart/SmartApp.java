package eu.sinusnode.keycloak.testkit.smart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import eu.sinusnode.keycloak.token.ClientAssertion;
import eu.sinusnode.keycloak.token.CodeChallenge;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A public app in one browser tab: builds its requests, redeems its codes, refreshes its tokens. */
final class SmartApp {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestKeycloak keycloak;
    private final String clientId;
    private final CodeChallenge pkce = CodeChallenge.s256();

    SmartApp(TestKeycloak keycloak, String clientId) {
        this.keycloak = keycloak;
        this.clientId = clientId;
    }

    /** What the token endpoint said. */
    record Answer(int status, JsonNode body) {

        String text(String field) {
            return body.path(field).asText("");
        }

        Map<String, Object> accessToken() {
            return claims(text("access_token"));
        }

        Map<String, Object> idToken() {
            return claims(text("id_token"));
        }
    }

    static Map<String, Object> claims(String jwt) {
        try {
            return SignedJWT.parse(jwt).getJWTClaimsSet().toJSONObject();
        } catch (ParseException e) {
            throw new AssertionError("No signed JWT: " + jwt, e);
        }
    }

    /** Seconds since 1970. */
    static long seconds(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new AssertionError("No number " + name + " in " + claims.keySet());
    }

    /** The authorization request for these scopes, and these parameters beside or instead of the usual ones. */
    URI request(String scope, Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", DemoRegistrations.APP_REDIRECT_URI);
        query.put("scope", scope);
        query.put("state", "s");
        query.put("code_challenge", pkce.challenge());
        query.put("code_challenge_method", pkce.method());
        query.put("aud", TestKeycloak.FHIR_BASE.toString());
        query.putAll(more);
        query.values().removeIf(String::isEmpty);
        return endpoint("auth?" + Browser.form(query));
    }

    Answer redeem(Browser.Place place) {
        if (!place.back().containsKey("code")) {
            throw new AssertionError("No code: " + place);
        }
        return token(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                String.valueOf(place.back().get("code")),
                "redirect_uri",
                DemoRegistrations.APP_REDIRECT_URI,
                "code_verifier",
                pkce.verifier()));
    }

    Answer refresh(Answer before) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", before.text("refresh_token")));
    }

    Answer revoke(String token) {
        return post("revoke", Map.of("client_id", clientId, "token", token));
    }

    /** Asked by the FHIR server's own client. */
    Answer introspect(String token) {
        String client = DemoRegistrations.FHIR_SERVER;
        return post(
                "token/introspect",
                Map.of(
                        "client_id",
                        client,
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        ClientAssertion.now(client, keycloak.issuer()).sign(keycloak.key(client)),
                        "token",
                        token));
    }

    private Answer token(Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("client_id", clientId);
        return post("token", form);
    }

    private Answer post(String path, Map<String, String> fields) {
        HttpRequest request = HttpRequest.newBuilder(endpoint(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Browser.form(fields)))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new AssertionError("Keycloak gave no JSON answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private URI endpoint(String path) {
        return URI.create(keycloak.issuer().uri() + "/protocol/openid-connect/" + path);
    }
}
