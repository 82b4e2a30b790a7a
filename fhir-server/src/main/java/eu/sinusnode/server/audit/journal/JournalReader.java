package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.crypto.AuditKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal from its oldest segment on, while it is written. {@link #next} gives frames; {@link #done} says that
 * they are dealt with, and removes segments that are dealt with wholly. For one thread.
 *
 * <p>A last frame that is not wholly there was never acknowledged; it is the segment's end. Any other frame that does not
 * open means that the file was damaged: the frames around it are read, and the file is kept aside.
 */
public final class JournalReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);
    private static final int MAX_FRAME = 64 << 20;

    private final Journal journal;
    private @Nullable OpenSegment segment;
    private volatile JournalPosition position;

    public JournalReader(Journal journal) {
        this.journal = journal;
        this.position = new JournalPosition(0, 0);
    }

    /** Everything before it is dealt with. */
    public JournalPosition position() {
        return position;
    }

    /** How many segments lie aside because they could not be read to their end. */
    public long damagedSegments() throws IOException {
        return journal.directory().countAside();
    }

    /**
     * The frames after the last ones that were {@link #done}, in the order in which they were written; the same ones again
     * when those before were not done.
     *
     * @return at most about {@code max}; empty when everything is read
     */
    public List<byte[]> next(int max) throws IOException {
        JournalPosition end = journal.end();
        rewind();
        while (true) {
            OpenSegment current = segment != null ? segment : openNext(end);
            if (current == null) {
                position = end.compareTo(position) > 0 ? end : position;
                return List.of();
            }
            segment = current;
            List<byte[]> payloads = current.read(max, current.number == end.segment() ? end.offset() : Long.MAX_VALUE);
            if (!payloads.isEmpty() || current.number == end.segment()) {
                if (payloads.isEmpty()) {
                    position = new JournalPosition(current.number, current.offset);
                }
                return payloads;
            }
            finish(current);
        }
    }

    /** What {@link #next} gave is dealt with. */
    public void done() {
        OpenSegment current = segment;
        if (current != null) {
            current.confirm();
            position = new JournalPosition(current.number, current.offset);
        }
    }

    @Override
    public void close() throws IOException {
        OpenSegment current = segment;
        segment = null;
        if (current != null) {
            current.close();
        }
    }

    private void rewind() {
        OpenSegment current = segment;
        if (current != null) {
            current.rewind();
        }
    }

    private @Nullable OpenSegment openNext(JournalPosition end) throws IOException {
        for (long number : journal.directory().numbers()) {
            if (number > end.segment()) {
                return null;
            }
            if (number == end.segment() && end.offset() == 0) {
                return null;
            }
            try {
                return open(number);
            } catch (UnreadableSegmentException e) {
                if (e.isUnfinished()) {
                    journal.directory().remove(number);
                } else {
                    LOG.error(
                            "Segment {} of the audit journal cannot be read and is kept aside: {}",
                            number,
                            e.getMessage());
                    journal.directory().setAside(number);
                }
            }
        }
        return null;
    }

    private OpenSegment open(long number) throws IOException, UnreadableSegmentException {
        FileChannel file = FileChannel.open(journal.directory().path(number), StandardOpenOption.READ);
        try {
            return OpenSegment.of(number, file, journal);
        } catch (IOException | UnreadableSegmentException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void finish(OpenSegment finished) throws IOException {
        finished.close();
        segment = null;
        if (finished.damaged) {
            LOG.error("Segment {} of the audit journal was damaged; what could be read is recorded.", finished.number);
            journal.directory().setAside(finished.number);
        } else {
            journal.directory().remove(finished.number);
        }
        position = new JournalPosition(finished.number + 1, 0);
    }

    /** A segment while it is read. */
    private static final class OpenSegment {
        private final long number;
        private final FileChannel file;
        private final FrameCipher cipher;
        private long offset;
        private long frame;
        private long confirmedOffset;
        private long confirmedFrame;
        private boolean damaged;

        private OpenSegment(long number, FileChannel file, FrameCipher cipher, long offset) {
            this.number = number;
            this.file = file;
            this.cipher = cipher;
            this.offset = offset;
            this.confirmedOffset = offset;
        }

        static OpenSegment of(long number, FileChannel file, Journal journal)
                throws IOException, UnreadableSegmentException {
            ByteBuffer start = ByteBuffer.allocate(SegmentHeader.MAX_BYTES);
            readAt(file, 0, start);
            start.flip();
            SegmentHeader header = SegmentHeader.read(start);
            AuditKey key = journal.keys()
                    .find(header.kid())
                    .orElseThrow(() -> new UnreadableSegmentException("its key " + header.kid() + " is gone", false));
            return new OpenSegment(number, file, new FrameCipher(header.key(key)), start.position());
        }

        void confirm() {
            confirmedOffset = offset;
            confirmedFrame = frame;
        }

        void rewind() {
            offset = confirmedOffset;
            frame = confirmedFrame;
        }

        List<byte[]> read(int max, long limit) throws IOException {
            long until = Math.min(limit, file.size());
            List<byte[]> payloads = new ArrayList<>();
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
            while (payloads.size() < max && until - offset >= Integer.BYTES) {
                readAt(file, offset, length.clear());
                int size = length.flip().getInt();
                if (size <= 0 || size > MAX_FRAME) {
                    damaged = true;
                    offset = until;
                    break;
                }
                if (size > until - offset - Integer.BYTES) {
                    break;
                }
                ByteBuffer sealed = ByteBuffer.allocate(size);
                readAt(file, offset + Integer.BYTES, sealed);
                byte[] payload = cipher.open(frame, sealed.array());
                if (payload == null) {
                    damaged = true;
                } else {
                    payloads.add(payload);
                }
                frame++;
                offset += Integer.BYTES + size;
            }
            return payloads;
        }

        void close() throws IOException {
            file.close();
        }

        private static void readAt(FileChannel file, long from, ByteBuffer into) throws IOException {
            long at = from;
            while (into.hasRemaining()) {
                int read = file.read(into, at);
                if (read < 0) {
                    return;
                }
                at += read;
            }
        }
    }
}
