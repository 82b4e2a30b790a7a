package eu.sinusnode.keycloak.testkit.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.keycloak.testkit.TestKeycloak;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Launch tokens as the FHIR server's {@code POST /launch} makes them, and such as it never would. */
final class Launches {

    /** One for all tests of this JVM: Keycloak keeps what it knows for a while. */
    private static final ECKey KEY = generate();

    private final TestKeycloak keycloak;

    Launches(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    ECKey key() {
        return KEY;
    }

    static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The {@code sub} of a demo user. */
    static String subject(String username) {
        return UUID.nameUUIDFromBytes(("sinusnode/" + username).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    String good(String username, String client, String patient) {
        return signed(claims(username, client, patient, same -> same), KEY);
    }

    JWTClaimsSet claims(String username, String client, String patient, UnaryOperator<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(TestKeycloak.FHIR_BASE.toString())
                        .audience(keycloak.issuer().uri().toString())
                        .subject(subject(username))
                        .claim("client_id", client)
                        .claim("patient", patient)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60))))
                .build();
    }

    static String signed(JWTClaimsSet claims, ECKey key) {
        return signed(claims, key, "launch+jwt");
    }

    static String signed(JWTClaimsSet claims, ECKey key, String type) {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }
}
