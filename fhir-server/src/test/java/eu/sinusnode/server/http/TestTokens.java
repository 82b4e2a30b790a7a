package eu.sinusnode.server.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Access tokens as Keycloak issues them, signed with a key of this JVM. */
public final class TestTokens {

    public static final String ISSUER = "https://login.sinusnode.test/realms/sinusnode";
    public static final ECKey KEY = newKey();

    /** They log in with a second factor. */
    private static final Set<CallerKind> STAFF = Set.of(CallerKind.CLINICIAN, CallerKind.AUDITOR);

    private final String audience;

    public TestTokens(String audience) {
        this.audience = audience;
    }

    public String loader() {
        return token(CallerKind.ADMINISTRATOR, claims -> claims.claim("organization", Records.CENTRE));
    }

    public String patient(String id) {
        return token(CallerKind.PATIENT, claims -> claims.claim("patient", id).claim("fhirUser", "Patient/" + id));
    }

    public String clinician(String organization) {
        return token(CallerKind.CLINICIAN, claims -> claims.claim("organization", organization)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER));
    }

    public String clinicSystem(String organization) {
        return token(CallerKind.CLINIC_SYSTEM, claims -> claims.claim("organization", organization));
    }

    public String foreignInsurer() {
        return token(CallerKind.INSURER, claims -> claims.claim("organization", Records.INSURER)
                .claim("jurisdiction", "US"));
    }

    public String auditor() {
        return token(CallerKind.AUDITOR, claims -> claims.claim("organization", Records.CENTRE));
    }

    public String job() {
        return token(CallerKind.ANALYSIS_JOB, claims -> claims.claim("organization", Records.CENTRE));
    }

    public String token(CallerKind kind, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(KEY, change.apply(claims(kind)).build());
    }

    public JWTClaimsSet.Builder claims(CallerKind kind) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(audience)
                .subject(UUID.randomUUID().toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("azp", "test-" + kind.claim())
                .claim("scope", String.join(" ", AccessMatrix.standard().scopesOf(kind)))
                .claim("caller_kind", kind.claim())
                .claim("jurisdiction", "DE")
                .claim("purpose_of_use", kind.purpose().name())
                .claim("amr", STAFF.contains(kind) ? List.of("otp") : List.of());
    }

    public static String sign(ECKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("The test key cannot sign.", e);
        }
    }

    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("test").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("No test key.", e);
        }
    }
}
