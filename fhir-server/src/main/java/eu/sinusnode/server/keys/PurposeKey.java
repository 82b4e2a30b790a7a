package eu.sinusnode.server.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key, secret or private half included. It never shows in a text.
 *
 * @param kid names the key wherever something was made with it; unique within the purpose
 * @param created when it was generated; the youngest key is the current one
 */
public record PurposeKey(String kid, Instant created, JWK jwk) {

    /**
     * The key as a cipher or a MAC takes it.
     *
     * @param algorithm JCA name, for example {@code AES} or {@code HmacSHA256}
     * @throws KeyException when the purpose has a key pair
     */
    public SecretKey secret(String algorithm) {
        if (jwk instanceof OctetSequenceKey octets) {
            return new SecretKeySpec(octets.toByteArray(), algorithm);
        }
        throw new KeyException("Key " + kid + " is a key pair, not a secret key.");
    }

    /** @throws KeyException when the purpose has a secret key */
    public ECKey pair() {
        if (jwk instanceof ECKey pair) {
            return pair;
        }
        throw new KeyException("Key " + kid + " is a secret key, not a key pair.");
    }

    /**
     * What may be published of a key pair that signs with ES256.
     *
     * @throws KeyException when the purpose has a secret key
     */
    public ECKey publicHalf() {
        ECKey pair = pair();
        return new ECKey.Builder(pair.getCurve(), pair.getX(), pair.getY())
                .keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build();
    }

    /**
     * A compact JWS by ES256.
     *
     * @throws KeyException when the purpose has a secret key, or the pair cannot sign
     */
    public String sign(JOSEObjectType type, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(kid).type(type).build(), claims);
        try {
            token.sign(new ECDSASigner(pair()));
        } catch (JOSEException e) {
            throw new KeyException("Key " + kid + " cannot sign.", e);
        }
        return token.serialize();
    }

    @Override
    public String toString() {
        return "PurposeKey[" + kid + "]";
    }
}
