package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.crypto.AuditKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** One segment while it is written. After a failure it is never written again: its last frame may be half there. */
final class SegmentWriter implements Closeable {

    private final long number;
    private final String kid;
    private final FileChannel file;
    private final FrameCipher cipher;
    private long frames;
    private long offset;

    /** Writes the header. */
    SegmentWriter(long number, FileChannel file, AuditKey key) throws IOException {
        this.number = number;
        this.kid = key.kid();
        this.file = file;
        SegmentHeader header = SegmentHeader.fresh(key);
        this.cipher = new FrameCipher(header.key(key));
        write(ByteBuffer.wrap(header.bytes()));
    }

    long number() {
        return number;
    }

    String kid() {
        return kid;
    }

    /** How many bytes are with the operating system. */
    long offset() {
        return offset;
    }

    /** One write for all of them. */
    void append(List<byte[]> payloads) throws IOException {
        byte[][] sealed = new byte[payloads.size()][];
        int length = 0;
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] = cipher.seal(frames++, payloads.get(i));
            length += Integer.BYTES + sealed[i].length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        for (byte[] frame : sealed) {
            buffer.putInt(frame.length).put(frame);
        }
        write(buffer.flip());
    }

    void force() throws IOException {
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write(ByteBuffer buffer) throws IOException {
        int length = buffer.remaining();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        offset += length;
    }
}
