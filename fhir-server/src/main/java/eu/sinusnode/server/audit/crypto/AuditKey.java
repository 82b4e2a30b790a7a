package eu.sinusnode.server.audit.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One master key of the audit. It is never used itself: each use has a key derived from it (HKDF-SHA256, RFC 5869), so
 * that what one use reveals says nothing of another.
 */
public final class AuditKey {

    private static final String HMAC = "HmacSHA256";

    private final String kid;
    private final byte[] secret;

    /** @param secret 32 bytes */
    public AuditKey(String kid, byte[] secret) {
        if (secret.length != 32) {
            throw new IllegalArgumentException("An audit key has 256 bits.");
        }
        this.kid = kid;
        this.secret = secret.clone();
    }

    public String kid() {
        return kid;
    }

    /** For encryption of one kind of thing; {@code salt} tells single things apart and may be empty. */
    public SecretKey aes(String use, byte[] salt) {
        return new SecretKeySpec(derive(use, salt), "AES");
    }

    /** HMAC-SHA256 of the message, under the key of one use. */
    public byte[] mac(String use, byte[] message) {
        return hmac(derive(use, new byte[0]), message);
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA256.", e);
        }
    }

    /** Extract and one block of expand: 32 bytes. */
    private byte[] derive(String use, byte[] salt) {
        byte[] pseudoRandom = hmac(salt.length == 0 ? new byte[32] : salt, secret);
        byte[] info = ("sinusnode audit " + use + "\u0001").getBytes(StandardCharsets.UTF_8);
        return hmac(pseudoRandom, info);
    }

    /** The name alone. */
    @Override
    public String toString() {
        return kid;
    }
}
