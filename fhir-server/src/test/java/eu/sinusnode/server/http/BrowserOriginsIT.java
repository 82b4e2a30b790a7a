package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserOriginsIT extends RunningServer {

    @ParameterizedTest
    @ValueSource(
            strings = {"/fhir/.well-known/smart-configuration", "/.well-known/smart-configuration", "/fhir/metadata"})
    void aListedOriginReadsHowToGetAToken(String path) {
        Answer answer =
                send(request(ORIGIN + path, null).header("Origin", APP_ORIGIN).GET());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(allowedOrigin(answer)).contains(APP_ORIGIN);
        assertThat(answer.response().headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    @Covers("http.html#options")
    void aListedOriginMaySendAToken() {
        Answer answer = preflight(APP_ORIGIN, "GET", "authorization");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(allowedOrigin(answer)).contains(APP_ORIGIN);
        assertThat(answer.response().headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).containsIgnoringCase("authorization"));
    }

    @Test
    void aRefusalCanBeReadByAListedOrigin() {
        Answer answer =
                send(request("/Patient", null).header("Origin", APP_ORIGIN).GET());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(allowedOrigin(answer)).contains(APP_ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "http://app.example.org", "https://app.example.org.evil.example"
            })
    void noOtherOriginMayCall(String origin) {
        assertThat(allowedOrigin(preflight(origin, "GET", "authorization"))).isEmpty();
        Answer answer = send(request("/metadata", null).header("Origin", origin).GET());
        assertThat(allowedOrigin(answer)).isEmpty();
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void noOriginMayDelete() {
        assertThat(preflight(APP_ORIGIN, "DELETE", "authorization").status()).isEqualTo(403);
    }

    private static Answer preflight(String origin, String method, String headers) {
        return send(HttpRequest.newBuilder(URI.create(BASE + "/Patient"))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static Optional<String> allowedOrigin(Answer answer) {
        return answer.response().headers().firstValue("Access-Control-Allow-Origin");
    }
}
