package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.features.Covers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertRefused(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 'authorization,if-none-match'",
        "HEAD, 'authorization,if-modified-since'",
        "POST, 'authorization,content-type,if-none-exist,prefer,x-request-id'",
        "PUT, 'authorization,content-type,if-match'",
        "PATCH, 'authorization,content-type,if-match,prefer'",
        "DELETE, authorization"
    })
    void aListedOriginMaySendWhatTheServerAnswers(String method, String headers) {
        Answer answer = preflight(APP_ORIGIN, method, headers);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(allowedOrigin(answer)).contains(APP_ORIGIN);
        assertThat(names(answer, "Access-Control-Allow-Methods")).contains(method.toLowerCase(Locale.ROOT));
        assertThat(names(answer, "Access-Control-Allow-Headers")).contains(headers.split(","));
        assertThat(allowedOrigin(preflight("https://evil.example", method, headers)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TRACE, authorization", "PROPFIND, authorization", "GET, x-cascade", "DELETE, x-rewrite-history"})
    void nothingElseMayBeSent(String method, String header) {
        assertRefused(preflight(APP_ORIGIN, method, header));
    }

    /** What a preflight allows is what then works: an app changes and deletes a record, and reads which version it made. */
    @Test
    void aListedOriginChangesAndDeletes() {
        String patient = Ward.open("origin-anna");
        String token = TOKENS.clinician(Records.CLINIC);
        Answer created = send(request("/Goal", token)
                .header("Origin", APP_ORIGIN)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(json(Ward.newGoal(patient, "Cycle")))));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(names(created, "Access-Control-Expose-Headers"))
                .contains(
                        "etag",
                        "location",
                        "content-location",
                        "last-modified",
                        "x-request-id",
                        "retry-after",
                        "www-authenticate");
        String path = "/Goal/" + created.resource().getIdElement().getIdPart();
        String patch = "[{\"op\":\"replace\",\"path\":\"/lifecycleStatus\",\"value\":\"completed\"}]";
        Answer patched = Ward.jsonPatch(
                path,
                token,
                patch,
                "Origin",
                APP_ORIGIN,
                "If-Match",
                created.header("ETag").orElseThrow());
        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        assertThat(allowedOrigin(patched)).contains(APP_ORIGIN);
        Answer deleted = send(request(path, token).header("Origin", APP_ORIGIN).DELETE());
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(allowedOrigin(deleted)).contains(APP_ORIGIN);
        assertThat(send(request(path, token)
                                .header("Origin", "https://evil.example")
                                .DELETE())
                        .status())
                .isEqualTo(403);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.codes()).containsExactly("SN-REQUEST-007");
        Audited.refusal(answer, "SN-REQUEST-007");
    }

    private static List<String> names(Answer answer, String header) {
        return answer.response().headers().allValues(header).stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",")))
                .map(String::trim)
                .toList();
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
