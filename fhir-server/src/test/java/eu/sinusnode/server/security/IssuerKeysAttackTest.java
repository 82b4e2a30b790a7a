package eu.sinusnode.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.attack.ForgedTokens;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.OutboundProperties;
import eu.sinusnode.server.http.TestTokens;
import eu.sinusnode.server.outbound.OutboundHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.util.unit.DataSize;

/** The decoder that a deployment has, with the issuer's keys behind HTTP: the same forgeries as on the running server. */
class IssuerKeysAttackTest {

    private static final String AUDIENCE = "https://fhir.sinusnode.test/fhir";

    private final JWTClaimsSet good =
            new TestTokens(AUDIENCE).claims(CallerKind.PATIENT).build();
    private final ForgedTokens forged = new ForgedTokens(good);
    private HttpServer issuer;
    private OutboundHttp http;
    private IssuerKeys keys;

    IssuerKeysAttackTest() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OAuthProperties oauth = new OAuthProperties(
                TestTokens.ISSUER,
                AUDIENCE,
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
                null,
                "fhir-server",
                null,
                Duration.ofSeconds(10));
        http = new OutboundHttp(
                new OutboundProperties(
                        List.of(), Duration.ofSeconds(2), Duration.ofSeconds(5), DataSize.ofKilobytes(64)),
                List.of(URI.create(oauth.keys())));
        keys = new IssuerKeys(oauth, IssuerKeys.published(oauth, http));
    }

    @BeforeEach
    void publish() {
        byte[] published = new JWKSet(TestTokens.KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        issuer.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, published.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(published);
            }
        });
        issuer.start();
    }

    @AfterEach
    void end() throws IOException {
        issuer.stop(0);
        http.close();
    }

    @Test
    void theGoodTokenIsRead() {
        assertThat(keys.decode(ForgedTokens.signed(good)).getId()).isEqualTo(good.getJWTID());
    }

    @Test
    void noForgeryIs() throws JOSEException {
        assertAllBad(forged.signatures());
        assertAllBad(forged.standing());
    }

    private void assertAllBad(Map<String, String> tokens) {
        tokens.forEach((what, token) ->
                assertThatThrownBy(() -> keys.decode(token)).as(what).isInstanceOf(BadJwtException.class));
    }
}
