package eu.sinusnode.server.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.outbound.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Introspection with the server's own client, which proves itself by a signed assertion ({@code private_key_jwt}). The key
 * is read for each question: it comes with the realm, perhaps after the server has started, and may be replaced.
 */
final class HttpIntrospection implements Introspection {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration ASSERTION_LIFETIME = Duration.ofSeconds(55);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutboundHttp http;
    private final OAuthProperties oauth;
    private final Path clientKey;
    private final Clock clock;

    HttpIntrospection(OutboundHttp http, OAuthProperties oauth, Path clientKey, Clock clock) {
        this.http = http;
        this.oauth = oauth;
        this.clientKey = clientKey;
        this.clock = clock;
    }

    @Override
    public boolean isActive(String token) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("token_type_hint", "access_token");
        form.put("client_id", oauth.clientId());
        form.put("client_assertion_type", ASSERTION_TYPE);
        form.put("client_assertion", assertion());
        OutboundHttp.Answer answer = http.postForm(URI.create(oauth.introspection()), form);
        if (answer.status() != 200) {
            throw new IOException("Introspection was answered with status " + answer.status() + ".");
        }
        JsonNode active = JSON.readTree(answer.body()).path("active");
        if (!active.isBoolean()) {
            throw new IOException("Introspection was answered without 'active'.");
        }
        return active.booleanValue();
    }

    private String assertion() throws IOException {
        Instant now = clock.instant();
        try {
            ECKey key = ECKey.parse(Files.readString(clientKey));
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES384)
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(oauth.clientId())
                            .subject(oauth.clientId())
                            .audience(oauth.issuer())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(ASSERTION_LIFETIME)))
                            .jwtID(UUID.randomUUID().toString())
                            .build());
            assertion.sign(new ECDSASigner(key));
            return assertion.serialize();
        } catch (ParseException | JOSEException e) {
            throw new IOException(clientKey + " holds no private key on P-384 that can be used.");
        }
    }
}
