package eu.sinusnode.server.attack;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.server.http.TestTokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tokens that look like a good one but for one thing; the good one is signed by the issuer's own key. */
public final class ForgedTokens {

    /** Of the attacker; it has the issuer's key id, so that a look-up by id finds the wrong key. */
    private static final ECKey OWN = newKey(TestTokens.KEY.getKeyID());

    private final JWTClaimsSet good;

    public ForgedTokens(JWTClaimsSet good) {
        this.good = good;
    }

    /** Signature and header. */
    public Map<String, String> signatures() throws JOSEException {
        ECKey issuer = TestTokens.KEY;
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(issuer.toECPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("alg=none", new PlainJWT(good).serialize());
        forged.put("alg=none with the good signature", withHeader(signed(good), "{\"alg\":\"none\"}"));
        forged.put("alg=nOnE", withHeader(signed(good), "{\"alg\":\"nOnE\"}"));
        forged.put("no signature", signed(good).replaceFirst("\\.[^.]*$", "."));
        forged.put("signature of zeros", signed(good).replaceFirst("\\.[^.]*$", "." + zeros(64)));
        forged.put("HS256 with the public key as PEM", mac(pem.getBytes(StandardCharsets.US_ASCII)));
        forged.put(
                "HS256 with the public key as DER", mac(issuer.toECPublicKey().getEncoded()));
        forged.put(
                "HS256 with the public key as JWK",
                mac(issuer.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        forged.put("HS256 with the key's x", mac(issuer.getX().decode()));
        forged.put("another key with the issuer's key id", sign(OWN, header(OWN).build()));
        forged.put("another key without a key id", sign(OWN, new JWSHeader.Builder(JWSAlgorithm.ES256).build()));
        forged.put(
                "another key, embedded as jwk",
                sign(OWN, header(OWN).jwk(OWN.toPublicJWK()).build()));
        forged.put(
                "another key, at a jku",
                sign(
                        OWN,
                        header(OWN)
                                .jwkURL(URI.create("http://127.0.0.1:9/jwks"))
                                .build()));
        forged.put(
                "another key, at an x5u",
                sign(
                        OWN,
                        header(OWN)
                                .x509CertURL(URI.create("http://127.0.0.1:9/cert"))
                                .build()));
        forged.put(
                "a key id that walks",
                sign(OWN, header(newKey("../../../../dev/null")).build()));
        forged.put("a key id with SQL", sign(OWN, header(newKey("' OR 1=1 --")).build()));
        forged.put(
                "a critical header that nobody knows",
                sign(
                        issuer,
                        header(issuer)
                                .criticalParams(Set.of("b65"))
                                .customParam("b65", true)
                                .build()));
        forged.put(
                "an id token's type",
                sign(
                        issuer,
                        header(issuer).type(new JOSEObjectType("launch+jwt")).build()));
        forged.put("a changed payload", changedPayload());
        forged.put("a good token inside a token", nested());
        forged.put("a good token, encrypted to the issuer's key", encrypted());
        forged.put("two tokens in one", signed(good) + "." + signed(good));
        forged.put("no token", "nonsense");
        forged.put("an empty one", "..");
        forged.put("trailing blank", signed(good) + "%20");
        return forged;
    }

    /** Claims that every resource server checks. */
    public Map<String, String> standing() {
        Instant now = Instant.now();
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("another issuer", changed(claims -> claims.issuer("https://elsewhere.test/realms/sinusnode")));
        forged.put("the issuer with a slash", changed(claims -> claims.issuer(TestTokens.ISSUER + "/")));
        forged.put("no issuer", changed(claims -> claims.issuer(null)));
        forged.put("another audience", changed(claims -> claims.audience("https://other.test/fhir")));
        forged.put("no audience", changed(claims -> claims.audience((String) null)));
        forged.put(
                "an audience that begins like ours",
                changed(claims -> claims.audience(good.getAudience().get(0) + ".evil.test")));
        forged.put("expired", changed(claims -> claims.expirationTime(Date.from(now.minusSeconds(90)))));
        forged.put("no expiry", changed(claims -> claims.expirationTime(null)));
        forged.put("not yet valid", changed(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(600)))));
        forged.put("an expiry that is no number", changed(claims -> claims.claim("exp", "tomorrow")));
        return forged;
    }

    String changed(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(change.apply(new JWTClaimsSet.Builder(good)).build());
    }

    public static String signed(JWTClaimsSet claims) {
        return TestTokens.sign(TestTokens.KEY, claims);
    }

    private String changedPayload() {
        String[] parts = signed(good).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0] + "." + base64(payload.replace("\"patient\"", "\"administrator\"")) + "." + parts[2];
    }

    private String nested() throws JOSEException {
        JWTClaimsSet outer =
                new JWTClaimsSet.Builder().claim("jwt", signed(good)).build();
        SignedJWT token = new SignedJWT(header(OWN).contentType("JWT").build(), outer);
        token.sign(new ECDSASigner(OWN));
        return token.serialize();
    }

    private String encrypted() throws JOSEException {
        JWEObject token = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
                        .contentType("JWT")
                        .build(),
                new Payload(signed(good)));
        token.encrypt(new ECDHEncrypter(TestTokens.KEY.toPublicJWK()));
        return token.serialize();
    }

    private String mac(byte[] secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(TestTokens.KEY.getKeyID())
                        .build(),
                good);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private String sign(ECKey key, JWSHeader header) throws JOSEException {
        SignedJWT token = new SignedJWT(header, good);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static JWSHeader.Builder header(ECKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID());
    }

    private static String withHeader(String token, String header) {
        return base64(header) + token.substring(token.indexOf('.'));
    }

    private static String zeros(int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("No key.", e);
        }
    }
}
