package eu.sinusnode.server.audit.journal;

import eu.sinusnode.server.audit.crypto.AuditKey;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Append-only segments of encrypted frames. {@link #append} returns when the bytes are with the operating system, where
 * they outlive the process; {@link #force} brings them to the disk. Callers who come at once share one write.
 *
 * <p>A write that fails gives the segment up: its last frame may be half there, which the reader takes for its end. The
 * next entry begins another segment, so a disk that was full is used again as soon as it has room.
 */
public final class Journal implements Closeable {

    static final long SEGMENT_BYTES = 8L << 20;
    private static final int FRAMES_A_WRITE = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final SegmentDirectory directory;
    private final SegmentOpener opener;
    private final AuditKeys keys;
    private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    /** Segments with bytes that may not be on the disk yet, the oldest first; guarded by itself. */
    private final Deque<SegmentWriter> unforced = new ArrayDeque<>();

    private @Nullable SegmentWriter active;
    private long lastNumber;
    private boolean closed;
    private volatile JournalPosition end;
    private volatile JournalPosition forced;

    /** Where a segment's bytes go. */
    interface SegmentOpener {
        FileChannel open(long number) throws IOException;
    }

    private Journal(SegmentDirectory directory, SegmentOpener opener, AuditKeys keys) throws IOException {
        this.directory = directory;
        this.opener = opener;
        this.keys = keys;
        List<Long> numbers = directory.numbers();
        this.lastNumber = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
        this.end = new JournalPosition(lastNumber + 1, 0);
        this.forced = end;
    }

    /** @throws JournalException when the folder cannot be used */
    public static Journal open(Path directory, AuditKeys keys) {
        try {
            SegmentDirectory segments = new SegmentDirectory(directory);
            return new Journal(segments, segments::create, keys);
        } catch (IOException e) {
            throw new JournalException("The audit journal's folder " + directory + " cannot be used.", e);
        }
    }

    static Journal open(SegmentDirectory directory, SegmentOpener opener, AuditKeys keys) throws IOException {
        return new Journal(directory, opener, keys);
    }

    SegmentDirectory directory() {
        return directory;
    }

    AuditKeys keys() {
        return keys;
    }

    /** Behind everything that was appended so far. */
    public JournalPosition end() {
        return end;
    }

    /** Everything before it is on the disk. */
    public JournalPosition forced() {
        return forced;
    }

    /** @throws JournalException when the payload is not, or perhaps not wholly, with the operating system */
    public void append(byte[] payload) {
        Pending mine = new Pending(payload);
        waiting.add(mine);
        writing.lock();
        try {
            while (!mine.done) {
                writeSome();
            }
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) {
            throw new JournalException("The audit journal cannot be written.", mine.failure);
        }
    }

    /** Brings everything appended before to the disk. For one thread beside the callers'. */
    public void force() {
        JournalPosition upTo;
        List<SegmentWriter> writers;
        SegmentWriter last;
        writing.lock();
        try {
            upTo = end;
            last = active;
            writers = List.copyOf(unforced);
        } finally {
            writing.unlock();
        }
        if (writers.isEmpty() || upTo.equals(forced)) {
            return;
        }
        try {
            for (SegmentWriter writer : writers) {
                writer.force();
                if (writer != last) {
                    forget(writer);
                }
            }
            directory.force();
            forced = upTo;
        } catch (IOException e) {
            // What the system could not write it may have forgotten: nothing more goes into these segments.
            LOG.error("The audit journal cannot be brought to the disk: {}", e.getMessage());
            writing.lock();
            try {
                abandon();
            } finally {
                writing.unlock();
            }
            writers.forEach(this::forget);
        }
    }

    /** Everything is on the disk afterwards; nothing more is taken. */
    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            abandon();
        } finally {
            writing.unlock();
        }
        force();
    }

    /** Under the lock: takes what waits, this thread's entry among it, and writes it at once. */
    private void writeSome() {
        List<Pending> batch = new ArrayList<>();
        List<byte[]> payloads = new ArrayList<>();
        for (Pending next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
            payloads.add(next.payload);
            if (batch.size() == FRAMES_A_WRITE) {
                break;
            }
        }
        Exception failure = null;
        try {
            SegmentWriter segment = segment();
            segment.append(payloads);
            end = new JournalPosition(segment.number(), segment.offset());
        } catch (IOException | RuntimeException e) {
            failure = e;
            abandon();
        }
        for (Pending written : batch) {
            written.failure = failure;
            written.done = true;
        }
    }

    private SegmentWriter segment() throws IOException {
        if (closed) {
            throw new IOException("it is closed");
        }
        AuditKey key = keys.current();
        SegmentWriter current = active;
        if (current != null && current.offset() < SEGMENT_BYTES && current.kid().equals(key.kid())) {
            return current;
        }
        abandon();
        long number = lastNumber + 1;
        FileChannel file = opener.open(number);
        lastNumber = number;
        SegmentWriter fresh;
        try {
            fresh = new SegmentWriter(number, file, key);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        active = fresh;
        synchronized (unforced) {
            unforced.add(fresh);
        }
        return fresh;
    }

    /** The active segment is not written any more; it is closed once it is on the disk. */
    private void abandon() {
        active = null;
        end = new JournalPosition(lastNumber + 1, 0);
    }

    private void forget(SegmentWriter writer) {
        synchronized (unforced) {
            unforced.remove(writer);
        }
        try {
            writer.close();
        } catch (IOException e) {
            LOG.warn("A segment of the audit journal could not be closed: {}", e.getMessage());
        }
    }

    /** An entry that waits to be written; its fields are guarded by the lock. */
    private static final class Pending {
        private final byte[] payload;
        private boolean done;
        private @Nullable Exception failure;

        private Pending(byte[] payload) {
            this.payload = payload;
        }
    }
}
