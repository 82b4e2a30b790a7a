package eu.sinusnode.keycloak.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenRequestTest {

    private static final Set<String> SCOPES = Set.of("system/Patient.rs");

    private HttpServer server;
    private Issuer issuer;
    private int status = 200;
    private String body = "";
    private String received = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realms/test/protocol/openid-connect/token", exchange -> {
            received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        issuer = Issuer.of("http://127.0.0.1:" + server.getAddress().getPort() + "/realms/test");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aTokenKnowsHowLongItIsGood() throws JOSEException {
        body = "{\"access_token\":\"abc\",\"expires_in\":300}";
        AccessToken token = new BackendToken(issuer, "insurer", key()).fetch(SCOPES);
        assertThat(token.value()).isEqualTo("abc");
        assertThat(token.goodFor(Duration.ofSeconds(290), token.issued())).isTrue();
        assertThat(token.goodFor(Duration.ofSeconds(301), token.issued())).isFalse();
        assertThat(received).contains("grant_type=client_credentials").contains("scope=system%2FPatient.rs");
        assertThat(token.toString()).doesNotContain("abc");
    }

    @Test
    void aRefusalIsASentenceWithTheServersReason() throws JOSEException {
        status = 401;
        body = "{\"error\":\"invalid_client\",\"error_description\":\"Token reuse detected\"}";
        BackendToken insurer = new BackendToken(issuer, "insurer", key());
        assertThatThrownBy(() -> insurer.fetch(SCOPES))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"))
                .hasMessage("The authorization server gave client insurer no token: Token reuse detected"
                        + " (invalid_client).");
    }

    @Test
    void anAnswerThatIsNoTokenIsNotTaken() throws JOSEException {
        BackendToken insurer = new BackendToken(issuer, "insurer", key());
        body = "<html>";
        assertThatThrownBy(() -> insurer.fetch(SCOPES)).hasMessageContaining("without JSON");
        body = "{}";
        assertThatThrownBy(() -> insurer.fetch(SCOPES)).hasMessageContaining("without an access token");
    }

    @Test
    void nobodyThereSaysSo() throws JOSEException {
        server.stop(0);
        BackendToken insurer = new BackendToken(issuer, "insurer", key());
        assertThatThrownBy(() -> insurer.fetch(SCOPES))
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.error()).isEqualTo("unreachable"))
                .hasMessageContaining("is it running?");
    }

    @Test
    void anAssertionIsSignedShortAndNeverTheSame() throws Exception {
        ECKey key = key();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            SignedJWT jwt =
                    SignedJWT.parse(ClientAssertion.now("insurer", issuer).sign(key));
            assertThat(jwt.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
            Instant issued = jwt.getJWTClaimsSet().getIssueTime().toInstant();
            Instant expires = jwt.getJWTClaimsSet().getExpirationTime().toInstant();
            assertThat(Duration.between(issued, expires)).isLessThanOrEqualTo(Duration.ofSeconds(60));
            assertThat(jwt.getJWTClaimsSet().getAudience())
                    .containsExactly(issuer.uri().toString());
            assertThat(jwt.getHeader().getKeyID()).isEqualTo(key.getKeyID());
            ids.add(jwt.getJWTClaimsSet().getJWTID());
        }
        assertThat(ids).hasSize(20);
    }

    @Test
    void aCodeChallengeIsTheHashOfItsVerifier() throws Exception {
        CodeChallenge pkce = CodeChallenge.s256();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(pkce.verifier().getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlDecoder().decode(pkce.challenge())).isEqualTo(hash);
        assertThat(pkce.verifier()).hasSizeBetween(43, 128);
        assertThat(pkce.verifier()).isNotEqualTo(CodeChallenge.s256().verifier());
    }

    private static ECKey key() throws JOSEException {
        return new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
    }
}
