package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.crypto.AuditKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * How a segment begins: eight letters, the length and the name of the audit key, sixteen random bytes. Each segment has a
 * key of its own, derived with these bytes, so that a frame's number can be its nonce.
 *
 * @param kid name of the audit key
 * @param salt tells this segment's key from every other's
 */
record SegmentHeader(String kid, byte[] salt) {

    private static final byte[] MAGIC = "SNAUDIT1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** No header is longer. */
    static final int MAX_BYTES = MAGIC.length + 1 + 255 + SALT_BYTES;

    static SegmentHeader fresh(AuditKey key) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new SegmentHeader(key.kid(), salt);
    }

    SecretKey key(AuditKey key) {
        return key.aes("journal segment", salt);
    }

    byte[] bytes() {
        byte[] name = kid.getBytes(StandardCharsets.UTF_8);
        if (name.length > 255) {
            throw new IllegalArgumentException("The name of an audit key has 255 bytes at most.");
        }
        return ByteBuffer.allocate(MAGIC.length + 1 + name.length + SALT_BYTES)
                .put(MAGIC)
                .put((byte) name.length)
                .put(name)
                .put(salt)
                .array();
    }

    /**
     * @param start the first bytes of a segment; its position is moved behind the header
     * @throws UnreadableSegmentException when they are no header, as of a segment that was just being made
     */
    static SegmentHeader read(ByteBuffer start) throws UnreadableSegmentException {
        byte[] magic = new byte[MAGIC.length];
        if (start.remaining() <= MAGIC.length) {
            throw new UnreadableSegmentException("it is shorter than its header", true);
        }
        start.get(magic);
        int length = Byte.toUnsignedInt(start.get());
        if (!Arrays.equals(magic, MAGIC)) {
            throw new UnreadableSegmentException("it does not begin as a segment does", false);
        }
        if (start.remaining() < length + SALT_BYTES) {
            throw new UnreadableSegmentException("it is shorter than its header", true);
        }
        byte[] name = new byte[length];
        byte[] salt = new byte[SALT_BYTES];
        start.get(name).get(salt);
        return new SegmentHeader(new String(name, StandardCharsets.UTF_8), salt);
    }
}
