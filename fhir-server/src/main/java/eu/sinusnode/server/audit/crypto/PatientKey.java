package eu.sinusnode.server.audit.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one person whom audit events concern. It exists wrapped in one row only; when that is gone, so is the link
 * between the events and the person.
 */
public final class PatientKey {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;
    private static final String WRAPPING = "wrapping of patient keys";

    private final byte[] secret;

    private PatientKey(byte[] secret) {
        this.secret = secret;
    }

    public static PatientKey random() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new PatientKey(secret);
    }

    /** @param subject the row it is kept in: wrapped, it is of use there alone */
    public byte[] wrap(AuditKey master, String subject) {
        return AesGcm.seal(master.aes(WRAPPING, new byte[0]), bytes(subject), secret);
    }

    /** @throws AesGcm.UnreadableException when it was wrapped otherwise */
    public static PatientKey unwrap(AuditKey master, String subject, byte[] wrapped) {
        return new PatientKey(AesGcm.open(master.aes(WRAPPING, new byte[0]), bytes(subject), wrapped));
    }

    /** @param place where the text is kept: elsewhere it cannot be opened */
    public byte[] seal(String place, byte[] text) {
        return AesGcm.seal(new SecretKeySpec(part("texts"), "AES"), bytes(place), text);
    }

    public byte[] open(String place, byte[] sealed) {
        return AesGcm.open(new SecretKeySpec(part("texts"), "AES"), bytes(place), sealed);
    }

    /** A word to find a reference by, which says nothing without this key. */
    public String token(String reference) {
        byte[] mac = AuditKey.hmac(part("tokens"), bytes(reference));
        return HexFormat.of().formatHex(mac, 0, TOKEN_BYTES);
    }

    private byte[] part(String use) {
        return AuditKey.hmac(secret, bytes(use));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
