package eu.sinusnode.sampledata.chance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Resource ids that only the seed and a name decide: name-based UUIDs, version 5 (RFC 9562), in a name space of this
 * cohort format. Not thread-safe.
 */
public final class Ids {

    private static final byte[] NAME_SPACE = "https://sinusnode.eu/sid/cohort/".getBytes(StandardCharsets.UTF_8);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final MessageDigest sha1;
    private final byte[] seed;

    public Ids(long seed) {
        this.seed = (seed + "/").getBytes(StandardCharsets.UTF_8);
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform carries SHA-1", e);
        }
    }

    /** The id of {@code name}, e.g. {@code of("patient/7")}: 36 characters, lower case. */
    public String of(String name) {
        sha1.update(NAME_SPACE);
        sha1.update(seed);
        byte[] digest = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
        digest[6] = (byte) (digest[6] & 0x0F | 0x50);
        digest[8] = (byte) (digest[8] & 0x3F | 0x80);
        char[] text = new char[36];
        int at = 0;
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text[at++] = '-';
            }
            text[at++] = HEX[digest[i] >> 4 & 0xF];
            text[at++] = HEX[digest[i] & 0xF];
        }
        return new String(text);
    }
}
