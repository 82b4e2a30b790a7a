package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.attack.ForgedLogouts;
import eu.sinusnode.server.attack.ForgedTokens;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.http.TestTokens;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogoutTokensTest {

    private static final String AUDIENCE = "https://fhir.sinusnode.test/fhir";

    private final ForgedLogouts logouts = new ForgedLogouts("sinusnode-app", "session-1");
    private final LogoutTokens tokens = with(new ImmutableJWKSet<>(new JWKSet(TestTokens.KEY.toPublicJWK())));

    @Test
    void aGoodOneNamesClientAndSessionAndWhen() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        EndedSession ended = tokens.read(logouts.good());
        assertThat(ended.client()).isEqualTo("sinusnode-app");
        assertThat(ended.session()).isEqualTo("session-1");
        assertThat(ended.at()).isBetween(before, Instant.now());
    }

    @Test
    void aPersonWithoutASessionIsEnoughAndSoIsASessionWithoutAPerson() throws Exception {
        EndedSession person =
                tokens.read(logouts.changed(claims -> claims.claim("sid", null).subject("anna")));
        assertThat(person.session()).isNull();
        assertThat(person.subject()).isEqualTo("anna");
        assertThat(tokens.read(logouts.changed(claims -> claims.subject(null))).session())
                .isEqualTo("session-1");
    }

    @Test
    void noBadOneIsRead() throws JOSEException {
        logouts.bad().forEach((what, token) -> assertThatThrownBy(() -> tokens.read(token))
                .as(what)
                .isInstanceOf(LogoutTokens.Refused.class)
                .message()
                .doesNotContain("session-1", "sinusnode-app"));
    }

    @Test
    void anAccessTokenIsNoLogoutToken() {
        String access = ForgedTokens.signed(
                new TestTokens(AUDIENCE).claims(CallerKind.PATIENT).build());
        assertThatThrownBy(() -> tokens.read(access)).isInstanceOf(LogoutTokens.Refused.class);
    }

    @Test
    void oneIsGoodOnce() throws Exception {
        String token = logouts.good();
        tokens.read(token);
        assertThatThrownBy(() -> tokens.read(token))
                .isInstanceOf(LogoutTokens.Refused.class)
                .hasMessageContaining("came before");
        assertThat(tokens.read(logouts.good()).session()).as("a further one").isEqualTo("session-1");
    }

    @Test
    void keysThatCannotBeReadAreAnOutageAndUnknownOnesAreNot() {
        LogoutTokens silent = with((selector, context) -> {
            throw new KeySourceException("no answer");
        });
        assertThatThrownBy(() -> silent.read(logouts.good())).isInstanceOf(IOException.class);
        LogoutTokens flooded = with((selector, context) -> {
            throw new RateLimitReachedException();
        });
        assertThatThrownBy(() -> flooded.read(logouts.good())).isInstanceOf(LogoutTokens.Refused.class);
    }

    private static LogoutTokens with(JWKSource<SecurityContext> keys) {
        return new LogoutTokens(
                new OAuthProperties(
                        TestTokens.ISSUER, AUDIENCE, null, null, "fhir-server", null, Duration.ofSeconds(10)),
                keys,
                Clock.systemUTC());
    }
}
