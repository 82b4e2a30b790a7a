package eu.sinusnode.keycloak.token;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second factor that computes six digits from a shared secret and the time (RFC 6238: HMAC-SHA-1, 30 seconds), the
 * form that every authenticator app knows.
 *
 * @param secret Base32 (RFC 4648) without padding, as an authenticator app takes it
 */
public record Totp(String secret) {

    /** How long a code stands. */
    public static final Duration PERIOD = Duration.ofSeconds(30);

    public static final int DIGITS = 6;
    /** Keycloak's name of the hash. */
    public static final String ALGORITHM = "HmacSHA1";

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** RFC 4226 asks for at least 128 bits and recommends 160. */
    private static final int SECRET_CHARACTERS = 32;

    public Totp {
        if (!secret.matches("[A-Z2-7]{16,}")) {
            throw new IllegalArgumentException("A TOTP secret is Base32 text of at least 16 characters.");
        }
    }

    /** With a secret of 160 random bits. */
    public static Totp generate(SecureRandom random) {
        StringBuilder secret = new StringBuilder(SECRET_CHARACTERS);
        for (int i = 0; i < SECRET_CHARACTERS; i++) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Totp(secret.toString());
    }

    /** The number of the 30 seconds that hold this instant. */
    public static long step(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), PERIOD.toSeconds());
    }

    public String codeAt(Instant instant) {
        return codeOf(step(instant));
    }

    /** The code of one step; six digits. */
    public String codeOf(long step) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(decode(secret), ALGORITHM));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0x0f;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA-1.", e);
        }
    }

    /** What an authenticator app takes as text or as a QR code. */
    public String uri(String issuer, String username) {
        return "otpauth://totp/" + issuer + ":" + username + "?secret=" + secret + "&issuer=" + issuer
                + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + PERIOD.toSeconds();
    }

    private static byte[] decode(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int bits = 0;
        int held = 0;
        for (char character : base32.toCharArray()) {
            held = (held << 5) | ALPHABET.indexOf(character);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
                held &= (1 << bits) - 1;
            }
        }
        return bytes.array();
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "Totp[…]";
    }
}
