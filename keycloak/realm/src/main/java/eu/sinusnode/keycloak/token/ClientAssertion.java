package eu.sinusnode.keycloak.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * A backend client's proof of who it is (RFC 7523, SMART Backend Services): a JWT of its own, good once and for a minute.
 *
 * @param audience the issuer
 * @param id the {@code jti}: the same one is refused a second time
 */
public record ClientAssertion(String clientId, URI audience, Instant issued, Duration lifetime, String id) {

    /** Long enough for slow clocks, short enough to be worthless when found. */
    public static final Duration LIFETIME = Duration.ofSeconds(55);

    public static ClientAssertion now(String clientId, Issuer issuer) {
        return new ClientAssertion(
                clientId,
                issuer.uri(),
                Instant.now(),
                LIFETIME,
                UUID.randomUUID().toString());
    }

    /** @return the serialised JWT, signed ES384 or RS384 as the key is */
    public String sign(JWK key) {
        return sign(key, key instanceof RSAKey ? JWSAlgorithm.RS384 : JWSAlgorithm.ES384);
    }

    /** With an algorithm chosen by the caller; for attacks in tests. */
    public String sign(JWK key, JWSAlgorithm algorithm) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(audience.toString())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(lifetime)))
                .jwtID(id)
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey()));
        } catch (JOSEException e) {
            throw new TokenException(
                    "invalid_key",
                    "The key of client " + clientId + " is no private EC P-384 or RSA key for " + algorithm + ".",
                    e);
        }
        return jwt.serialize();
    }
}
