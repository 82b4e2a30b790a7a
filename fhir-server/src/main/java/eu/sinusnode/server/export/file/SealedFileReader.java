package eu.sinusnode.server.export.file;

import eu.sinusnode.server.audit.crypto.AesGcm.UnreadableException;
import eu.sinusnode.server.keys.PurposeKey;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads a file frame by frame: first what a frame says of itself, then its lines or not. */
public final class SealedFileReader implements AutoCloseable {

    private static final int MAX_PART = 128 << 20;

    private final StoredFile file;
    private final FileSeal seal;
    private final FileChannel channel;
    private int frames;
    private int bodyBytes;

    SealedFileReader(Path directory, StoredFile file, PurposeKey key) throws IOException {
        this.file = file;
        this.seal = new FileSeal(key, file.file());
        this.channel = FileChannel.open(directory.resolve(file.file().toString()), StandardOpenOption.READ);
        if (channel.size() < file.bytes()) {
            channel.close();
            throw new EOFException("A file of an export is shorter than it was.");
        }
    }

    public boolean hasNext() {
        return frames < file.frames();
    }

    /** The next frame; its lines are next, to be {@link #lines read} or {@link #skip skipped}. */
    public Frame next() throws IOException, UnreadableException {
        byte[] head = seal.openHead(frames, part(readLength()));
        bodyBytes = readLength();
        return Frame.decode(head, file.type());
    }

    public byte[] lines() throws IOException, UnreadableException {
        byte[] lines = seal.openLines(frames, part(bodyBytes));
        frames++;
        return lines;
    }

    public void skip() throws IOException {
        channel.position(channel.position() + bodyBytes);
        frames++;
    }

    private int readLength() throws IOException {
        int length = ByteBuffer.wrap(part(Integer.BYTES)).getInt();
        if (length < 0 || length > MAX_PART) {
            throw new IOException("A file of an export was changed.");
        }
        return length;
    }

    private byte[] part(int length) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(length);
        while (part.hasRemaining()) {
            if (channel.read(part) < 0) {
                throw new EOFException("A file of an export is shorter than it was.");
            }
        }
        return part.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
