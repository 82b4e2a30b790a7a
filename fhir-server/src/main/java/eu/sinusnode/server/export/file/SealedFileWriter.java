package eu.sinusnode.server.export.file;

import eu.sinusnode.server.keys.PurposeKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes one file, encrypted from the first byte on. Lines of one type and of the same patients that follow each other
 * share a frame, up to {@link #FRAME_BYTES}; so what is in memory does not grow with the file.
 */
public final class SealedFileWriter implements AutoCloseable {

    private static final int FRAME_BYTES = 256 << 10;

    private final String type;
    private final boolean deleted;
    private final UUID file = UUID.randomUUID();
    private final String kid;
    private final FileSeal seal;
    private final FileChannel channel;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    private String linesType = "";
    private List<UUID> owners = List.of();
    private byte[] grounds = new byte[0];
    private int records;
    private int frames;
    private long bytes;
    private long allRecords;

    /** @throws IOException also when the directory is gone, since the export was cancelled */
    SealedFileWriter(Path directory, String type, boolean deleted, PurposeKey key) throws IOException {
        this.type = type;
        this.deleted = deleted;
        this.kid = key.kid();
        this.seal = new FileSeal(key, file);
        this.channel = FileChannel.open(
                directory.resolve(file.toString()),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /**
     * @param lineType FHIR resource type that the line is of or about
     * @param line one resource as JSON without a line break
     */
    public void write(String lineType, List<UUID> of, byte[] basedOn, byte[] line) throws IOException {
        boolean sameFrame = lineType.equals(linesType) && of.equals(owners) && Arrays.equals(basedOn, grounds);
        if (records > 0 && (!sameFrame || lines.size() >= FRAME_BYTES)) {
            endFrame();
        }
        linesType = lineType;
        owners = of;
        grounds = basedOn;
        lines.writeBytes(line);
        lines.write('\n');
        records++;
    }

    /** Everything so far is in the file and on the disk. */
    public StoredFile force() throws IOException {
        if (records > 0) {
            endFrame();
        }
        channel.force(false);
        return new StoredFile(file, type, deleted, kid, frames, bytes, allRecords);
    }

    private void endFrame() throws IOException {
        byte[] head = seal.sealHead(frames, new Frame(linesType, owners, grounds, records).encode());
        byte[] body = seal.sealLines(frames, lines.toByteArray());
        ByteBuffer frame = ByteBuffer.allocate(2 * Integer.BYTES + head.length + body.length);
        frame.putInt(head.length).put(head).putInt(body.length).put(body).flip();
        bytes += frame.remaining();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
        frames++;
        allRecords += records;
        records = 0;
        lines.reset();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
