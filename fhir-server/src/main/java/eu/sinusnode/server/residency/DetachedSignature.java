package eu.sinusnode.server.residency;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import eu.sinusnode.server.keys.PurposeKey;
import java.text.ParseException;

/** A JWS over the bytes of a file, kept beside it (RFC 7515, Appendix F): one line, ES256. */
final class DetachedSignature {

    private static final JOSEObjectType TYPE = new JOSEObjectType("sinusnode-residency");

    private DetachedSignature() {}

    static String sign(byte[] content, PurposeKey key) {
        JWSObject signed = new JWSObject(header(key), new Payload(content));
        try {
            signed.sign(new ECDSASigner(key.pair()));
        } catch (JOSEException e) {
            throw new IllegalStateException("Key " + key.kid() + " cannot sign.", e);
        }
        return signed.serialize(true) + "\n";
    }

    /** Whether the line is what the key's holder made of exactly these bytes; any other spelling of it is not. */
    static boolean holds(String line, byte[] content, PurposeKey key) {
        try {
            JWSObject signed = JWSObject.parse(line.stripTrailing(), new Payload(content));
            return line.equals(signed.serialize(true) + "\n")
                    && header(key).toBase64URL().equals(signed.getHeader().toBase64URL())
                    && signed.getSignature()
                            .equals(Base64URL.encode(signed.getSignature().decode()))
                    && signed.verify(new ECDSAVerifier(key.pair().toPublicJWK()));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return false;
        }
    }

    private static JWSHeader header(PurposeKey key) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.kid())
                .build();
    }
}
