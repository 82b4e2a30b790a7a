package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.Filter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.web.SecurityFilterChain;

/** What stands before every answer of the assembled server. */
class EdgeIT extends RunningServer {

    @Autowired
    private SecurityFilterChain chain;

    @Test
    void whatIsCheckedFirstStandsFirst() {
        List<String> filters = chain.getFilters().stream()
                .map(Filter::getClass)
                .map(Class::getSimpleName)
                .toList();

        assertThat(filters)
                .containsSubsequence(
                        "HeaderWriterFilter",
                        "FailureRateFilter",
                        "BearerOnlyFilter",
                        "BearerTokenAuthenticationFilter",
                        "StandingFilter",
                        "CallerRateFilter",
                        "VerifiedTokenFilter",
                        "AuthorizationFilter");
    }

    static Stream<Answer> answers() {
        String patient = "/Patient/" + Records.id("edge");
        return Stream.of(
                get("/metadata", null),
                get(patient, null),
                get(patient, "no token"),
                get(patient, TOKENS.loader()),
                get(patient + "?a=b&_format=nonsense", TOKENS.patient("somebody")),
                get("/SearchParameter", TOKENS.loader()),
                get(ORIGIN + "/nothing/here", TOKENS.loader()),
                send(request(ORIGIN + "/fhir/metadata", null).header("X-Long", "x".repeat(100_000))),
                get(ORIGIN + "/fhir/Patient;x=1/%2e%2e/metadata", TOKENS.loader()),
                send(request(ORIGIN + "/launch", null).POST(BodyPublishers.ofString("{}"))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyAnswerTellsBrowsersToBeCareful(Answer answer) {
        assertThat(answer.response().headers().map())
                .as("%s %s", answer.status(), answer.response().uri())
                .containsEntry("content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.response().headers().firstValue("cache-control").orElse(""))
                .contains("no-store");
        assertThat(answer.body()).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception");
    }
}
