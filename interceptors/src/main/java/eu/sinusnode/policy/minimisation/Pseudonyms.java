package eu.sinusnode.policy.minimisation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The names under which one recipient knows records: HMAC-SHA-256 of {@code Type/id}, under a key that is the recipient's
 * alone and derived from the key of the purpose (RFC 2104; ENISA, Pseudonymisation techniques and best practices, 2019,
 * section 5.1.4). The same record always has the same name for one recipient and another one for every other. Nobody gets from
 * a name to a record, nor from one recipient's name to another's, without the key.
 */
public final class Pseudonyms {

    /** Of 32 bytes; as many that no two of a house's records ever share a name. */
    private static final int BYTES = 20;

    private static final String HMAC = "HmacSHA256";
    private static final String DERIVATION = "sinusnode/pseudonyms/1/";

    private final Key recipient;

    private Pseudonyms(Key recipient) {
        this.recipient = recipient;
    }

    /**
     * @param purposeKey the house's key of purpose {@code pseudonym}
     * @param organizationId id of the recipient's Organization
     */
    public static Pseudonyms of(Key purposeKey, String organizationId) {
        return new Pseudonyms(new SecretKeySpec(mac(purposeKey, DERIVATION + organizationId), HMAC));
    }

    /** @return 40 hexadecimal digits: a FHIR id that no stored record has */
    public String of(String resourceType, String id) {
        return HexFormat.of().formatHex(Arrays.copyOf(mac(recipient, resourceType + "/" + id), BYTES));
    }

    private static byte[] mac(Key key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(Objects.requireNonNull(key));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC + ".", e);
        }
    }
}
