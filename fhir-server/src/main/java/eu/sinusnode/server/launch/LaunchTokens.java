package eu.sinusnode.server.launch;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * Signs launch tokens: compact ES256 JWS of type {@code launch+jwt} that the authorization server checks with the keys at
 * {@code /.well-known/launch-jwks.json}. Each names one person, one app and one patient, lives a minute, and is good once.
 */
final class LaunchTokens {

    static final Duration LIFETIME = Duration.ofSeconds(60);
    static final JOSEObjectType TYPE = new JOSEObjectType("launch+jwt");

    private final PurposeKeys keys;
    private final Clock clock;
    private final String fhirBase;
    private final String authorizationServer;

    /**
     * @param fhirBase the token's {@code iss}
     * @param authorizationServer the token's {@code aud}: the OAuth issuer
     */
    LaunchTokens(PurposeKeys keys, Clock clock, String fhirBase, String authorizationServer) {
        this.keys = keys;
        this.clock = clock;
        this.fhirBase = fhirBase;
        this.authorizationServer = authorizationServer;
    }

    /** @param subject the person's {@code sub} at the authorization server; nobody else can use the token */
    String sign(String subject, LaunchRequest request) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(fhirBase)
                .audience(authorizationServer)
                .subject(subject)
                .claim("client_id", request.clientId())
                .claim("patient", request.patientId())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        return keys.current(KeyPurpose.LAUNCH).sign(TYPE, claims);
    }
}
