package eu.sinusnode.server.audit;

import eu.sinusnode.policy.audit.ValueKey;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * Search values as an HMAC under the key of purpose {@code audit-search}: {@code ~kid.value}, 16 bytes of HMAC-SHA-256 in
 * base64url. After a rotation the same value has another stand-in; the kid says which key to try.
 */
public final class KeyedSearchValues implements ValueKey {

    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 16;

    private final PurposeKeys keys;

    public KeyedSearchValues(PurposeKeys keys) {
        this.keys = keys;
    }

    @Override
    public String keyed(String value) {
        PurposeKey key = keys.current(KeyPurpose.AUDIT_SEARCH);
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key.secret(HMAC));
            byte[] whole = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return "~" + key.kid() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + HMAC + ".", e);
        }
    }
}
