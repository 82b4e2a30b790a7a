package eu.sinusnode.server.attack;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.server.http.TestTokens;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Logout tokens as Keycloak makes them, and such as must end nobody's session. */
public final class ForgedLogouts {

    public static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private static final JOSEObjectType TYPE = new JOSEObjectType("logout+jwt");

    private final String client;
    private final String session;

    /** @param session the one that the good logout ends, and each bad one would */
    public ForgedLogouts(String client, String session) {
        this.client = client;
        this.session = session;
    }

    /** Good, once. */
    public String good() {
        return changed(claims -> claims);
    }

    public String changed(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(TestTokens.KEY, TYPE, change.apply(claims()).build());
    }

    /** By what is wrong with them. */
    public Map<String, String> bad() throws JOSEException {
        Instant now = Instant.now();
        Map<String, String> bad = new LinkedHashMap<>();
        JWTClaimsSet good = claims().build();
        bad.put("another key with the issuer's key id", sign(TestTokens.newKey(), TYPE, good));
        bad.put(
                "no signature",
                new PlainJWT(new PlainHeader.Builder().type(TYPE).build(), good).serialize());
        bad.put("a signature that was cut off", good().replaceFirst("\\.[^.]*$", "."));
        bad.put("HS256 with the public key", mac(good));
        bad.put("another type", sign(TestTokens.KEY, JOSEObjectType.JWT, good));
        bad.put("no type", sign(TestTokens.KEY, null, good));
        bad.put("no token", "nonsense");
        bad.put("nothing", "");
        bad.put("a token that is too long", changed(claims -> claims.claim("x", "x".repeat(9000))));
        bad.put("another issuer", changed(claims -> claims.issuer("https://elsewhere.test/realms/sinusnode")));
        bad.put("no issuer", changed(claims -> claims.issuer(null)));
        bad.put("no audience", changed(claims -> claims.audience((String) null)));
        bad.put("an empty audience", changed(claims -> claims.audience(" ")));
        bad.put("two audiences", changed(claims -> claims.audience(List.of(client, "another-app"))));
        bad.put("no iat", changed(claims -> claims.issueTime(null)));
        bad.put("an iat of long ago", changed(claims -> claims.issueTime(Date.from(now.minusSeconds(3600)))));
        bad.put("an iat ahead", changed(claims -> claims.issueTime(Date.from(now.plusSeconds(120)))));
        bad.put("no expiry", changed(claims -> claims.expirationTime(null)));
        bad.put("expired", changed(claims -> claims.expirationTime(Date.from(now.minusSeconds(60)))));
        bad.put("an expiry that is no number", changed(claims -> claims.claim("exp", "tomorrow")));
        bad.put("no jti", changed(claims -> claims.jwtID(null)));
        bad.put("an empty jti", changed(claims -> claims.jwtID("")));
        bad.put("no events", changed(claims -> claims.claim("events", null)));
        bad.put("another event", changed(claims -> claims.claim("events", Map.of("urn:other", Map.of()))));
        bad.put("an event that is no object", changed(claims -> claims.claim("events", Map.of(EVENT, "yes"))));
        bad.put("events that are a list", changed(claims -> claims.claim("events", List.of(EVENT))));
        bad.put("a nonce", changed(claims -> claims.claim("nonce", "n")));
        bad.put("neither session nor person", changed(claims -> claims.claim("sid", null)
                .subject(null)));
        bad.put("a session that is a number", changed(claims -> claims.claim("sid", 7)));
        bad.put("an empty session", changed(claims -> claims.claim("sid", "")));
        bad.put("a session that is too long", changed(claims -> claims.claim("sid", "s".repeat(300))));
        return bad;
    }

    private JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(TestTokens.ISSUER)
                .audience(client)
                .subject(UUID.randomUUID().toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(120)))
                .claim("sid", session)
                .claim("events", Map.of(EVENT, Map.of()));
    }

    private static String sign(ECKey key, @Nullable JOSEObjectType type, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .type(type)
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("The test key cannot sign.", e);
        }
    }

    private static String mac(JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(TestTokens.KEY.getKeyID())
                        .type(TYPE)
                        .build(),
                claims);
        token.sign(new MACSigner(TestTokens.KEY.toECPublicKey().getEncoded()));
        return token.serialize();
    }
}
