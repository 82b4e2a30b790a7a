package eu.sinusnode.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.server.configuration.OAuthProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/**
 * How the server proves itself to the authorization server: by a signed assertion ({@code private_key_jwt}, RFC 7523). The
 * key is read each time: it comes with the realm, perhaps after the server has started, and may be replaced.
 */
public final class ClientAssertion {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LIFETIME = Duration.ofSeconds(55);

    private final OAuthProperties oauth;
    private final Path key;
    private final Clock clock;

    /** @param key file with the client's private JWK, on P-384 */
    public ClientAssertion(OAuthProperties oauth, Path key, Clock clock) {
        this.oauth = oauth;
        this.key = key;
        this.clock = clock;
    }

    /**
     * The form parameters that identify the client, good once.
     *
     * @throws IOException when there is no usable key
     */
    public Map<String, String> parameters() throws IOException {
        return Map.of("client_id", oauth.clientId(), "client_assertion_type", TYPE, "client_assertion", signed());
    }

    private String signed() throws IOException {
        Instant now = clock.instant();
        try {
            ECKey jwk = ECKey.parse(Files.readString(key));
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES384)
                            .keyID(jwk.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(oauth.clientId())
                            .subject(oauth.clientId())
                            .audience(oauth.issuer())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(LIFETIME)))
                            .jwtID(UUID.randomUUID().toString())
                            .build());
            assertion.sign(new ECDSASigner(jwk));
            return assertion.serialize();
        } catch (ParseException | JOSEException e) {
            throw new IOException(key.getFileName() + " holds no private key on P-384 that can be used.", e);
        }
    }
}
