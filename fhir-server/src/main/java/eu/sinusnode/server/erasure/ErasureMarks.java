package eu.sinusnode.server.erasure;

import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;

/**
 * What stands for somebody who was erased: HMAC-SHA-256 of the reference under the key of purpose {@code erasure}. Whoever
 * has the key and an id can tell whether that person was erased; nobody can read an id out.
 */
public final class ErasureMarks {

    private static final String HMAC = "HmacSHA256";

    private final PurposeKeys keys;

    public ErasureMarks(PurposeKeys keys) {
        this.keys = keys;
    }

    /** A mark and the key that made it. */
    record Mark(String kid, byte[] value) {}

    Mark current(String reference) {
        return mark(keys.current(KeyPurpose.ERASURE), reference);
    }

    /** Under every key that there is, since marks are never made anew. */
    List<Mark> all(String reference) {
        return keys.all(KeyPurpose.ERASURE).stream()
                .map(key -> mark(key, reference))
                .toList();
    }

    private static Mark mark(PurposeKey key, String reference) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key.secret(HMAC));
            return new Mark(key.kid(), mac.doFinal(reference.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + HMAC + ".", e);
        }
    }
}
