package eu.sinusnode.server.export.file;

import eu.sinusnode.server.audit.crypto.AesGcm;
import eu.sinusnode.server.keys.PurposeKey;
import java.nio.ByteBuffer;
import java.util.UUID;
import javax.crypto.SecretKey;

/** Encrypts the parts of one file; a part opens only in its own place of its own file. */
final class FileSeal {

    private static final byte HEAD = 1;
    private static final byte LINES = 2;

    private final SecretKey key;
    private final UUID file;

    FileSeal(PurposeKey key, UUID file) {
        this.key = key.secret("AES");
        this.file = file;
    }

    byte[] sealHead(int frame, byte[] head) {
        return AesGcm.seal(key, place(HEAD, frame), head);
    }

    byte[] openHead(int frame, byte[] sealed) {
        return AesGcm.open(key, place(HEAD, frame), sealed);
    }

    byte[] sealLines(int frame, byte[] lines) {
        return AesGcm.seal(key, place(LINES, frame), lines);
    }

    byte[] openLines(int frame, byte[] sealed) {
        return AesGcm.open(key, place(LINES, frame), sealed);
    }

    private byte[] place(byte part, int frame) {
        return ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + 1)
                .putLong(file.getMostSignificantBits())
                .putLong(file.getLeastSignificantBits())
                .putInt(frame)
                .put(part)
                .array();
    }
}
