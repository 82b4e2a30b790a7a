package eu.sinusnode.server.bulkimport.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file from a place on. What is in memory does not grow with the file, nor with a line. */
final class FileLines implements AutoCloseable {

    private static final int BUFFER = 1 << 18;
    private static final long MOST_BYTES = 16L << 20;

    private final FileChannel channel;
    private final int longest;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private long number;

    private FileLines(FileChannel channel, long position, long number, int longest) {
        this.channel = channel;
        this.position = position;
        this.number = number;
        this.longest = longest;
    }

    /**
     * @param number of the line, from 1
     * @param json its bytes; null when they are more than a line may have
     * @param end where the next line begins
     */
    record Line(long number, byte @Nullable [] json, long end) {}

    static FileLines open(Path file, long position, long number, int longest) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        channel.position(position);
        return new FileLines(channel, position, number, longest);
    }

    /** Empty lines are passed over; empty when there is no further one. */
    List<Line> next(int most) throws IOException {
        List<Line> lines = new ArrayList<>(most);
        long bytes = 0;
        while (lines.size() < most && bytes < MOST_BYTES) {
            Line read = next();
            if (read == null) {
                return lines;
            }
            byte[] json = read.json();
            if (json == null || json.length > 0) {
                lines.add(read);
                bytes += json == null ? 0 : json.length;
            }
        }
        return lines;
    }

    private @Nullable Line next() throws IOException {
        line.reset();
        boolean any = false;
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && fill()) {
            any = true;
            int begin = buffer.position();
            int end = begin;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            ended = end < buffer.limit();
            tooLong |= line.size() + (long) (end - begin) > longest;
            if (!tooLong) {
                line.write(buffer.array(), begin, end - begin);
            }
            buffer.position(ended ? end + 1 : end);
            position += buffer.position() - begin;
        }
        if (!any) {
            return null;
        }
        return new Line(++number, tooLong ? null : stripped(line.toByteArray()), position);
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        return read > 0;
    }

    private static byte[] stripped(byte[] json) {
        boolean carriageReturn = json.length > 0 && json[json.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(json, json.length - 1) : json;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
