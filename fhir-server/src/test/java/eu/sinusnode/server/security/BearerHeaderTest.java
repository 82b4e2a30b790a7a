package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** The resolver of Spring Security is the measure. */
class BearerHeaderTest {

    private static final String CHARACTERS = "aZ09-._~+/== \t,:;\"\u00e4\u0000\u212a";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "bearer abc",
                "BEARER abc==",
                "Bearer",
                "Bearer ",
                "Bearer  abc",
                "Bearer abc ",
                "Bearer =",
                "Bearer a=b",
                "Bearer a,b",
                "Bearer abc\n",
                "Bearerabc",
                " Bearer abc",
                "Basic abc",
                "DPoP abc",
                "Bearer \u00e4",
                "B\u0435arer abc",
                ""
            })
    void agreesAboutHeaders(String header) {
        assertThat(resolved(new BearerHeader(), header)).isEqualTo(resolved(new DefaultBearerTokenResolver(), header));
    }

    @Test
    void agreesAboutHeadersMadeByChance() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder(random.nextInt(4) == 0 ? "bearer" : "Bearer ");
            for (int length = random.nextInt(6); length > 0; length--) {
                header.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            agreesAboutHeaders(header.toString());
        }
    }

    @Test
    void otherPlacesHoldNoToken() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/fhir/Patient/_search");
        request.setContentType("application/x-www-form-urlencoded");
        request.setParameter("access_token", "abc");

        assertThat(new BearerHeader().resolve(request)).isNull();
    }

    private static Optional<String> resolved(BearerTokenResolver resolver, String header) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Authorization", header);
        try {
            return Optional.ofNullable(resolver.resolve(request));
        } catch (OAuth2AuthenticationException e) {
            return Optional.of("refused: " + e.getError());
        }
    }
}
