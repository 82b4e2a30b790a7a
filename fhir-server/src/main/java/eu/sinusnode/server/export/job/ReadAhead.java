package eu.sinusnode.server.export.job;

import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads patients' records in a thread of its own while those before them are decided and written, so that the database and
 * this process work at the same time. What has been read and not been taken is bounded by its length.
 */
final class ReadAhead implements AutoCloseable {

    /** Characters of JSON that are handed over together. */
    private static final int HANDED_OVER = 128 << 10;

    /** Kilobytes that may wait; a record that is longer waits alone. */
    private static final int WAITING = 8 << 10;

    private final Semaphore room = new Semaphore(WAITING);
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Thread reader;

    /** Reads all the patients, one after the other. */
    interface Reading {

        /** @throws CancellationException when nobody takes what is read any more */
        void into(Patients patients) throws IOException, SQLException;
    }

    private record Deletion(String type, String id) {}

    /**
     * @param last whether nothing of the patient comes after it
     * @param failure why no more comes at all
     */
    private record Part(
            List<StoredRecord> records,
            List<Deletion> deletions,
            int kilobytes,
            boolean last,
            @Nullable Exception failure) {}

    ReadAhead(Reading reading) {
        this.reader = new Thread(() -> read(reading), "export-read");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /**
     * Hands over what was read of the next patient: records, then what was deleted.
     *
     * @throws IOException also what broke the reading off
     */
    void next(RecordSink records, DeletionSink deletions) throws IOException, SQLException {
        boolean last = false;
        while (!last) {
            Part part = take();
            rethrow(part.failure());
            for (StoredRecord record : part.records()) {
                records.accept(record);
            }
            for (Deletion deletion : part.deletions()) {
                deletions.accept(deletion.type(), deletion.id());
            }
            room.release(part.kilobytes());
            last = part.last();
        }
    }

    private Part take() {
        try {
            return parts.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while records were read.");
        }
    }

    private static void rethrow(@Nullable Exception failure) throws IOException, SQLException {
        if (failure instanceof IOException broken) {
            throw broken;
        } else if (failure instanceof SQLException broken) {
            throw broken;
        } else if (failure instanceof RuntimeException broken) {
            throw broken;
        }
    }

    private void read(Reading reading) {
        try {
            reading.into(new Patients());
        } catch (IOException | SQLException | RuntimeException e) {
            parts.add(new Part(List.of(), List.of(), 0, true, e));
        }
    }

    /** Takes what is read. For the one thread that reads. */
    final class Patients {

        private List<StoredRecord> records = new ArrayList<>();
        private List<Deletion> deletions = new ArrayList<>();
        private long length;

        void record(StoredRecord record) {
            records.add(record);
            length += 512 + (record.json() == null ? 0 : record.json().length());
            if (length >= HANDED_OVER) {
                handOver(false);
            }
        }

        void deletion(String type, String id) {
            deletions.add(new Deletion(type, id));
        }

        /** Nothing more comes of this patient. */
        void end() {
            handOver(true);
        }

        private void handOver(boolean last) {
            int kilobytes = (int) Math.min(WAITING, length >> 10);
            try {
                room.acquire(kilobytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("Nobody takes what is read any more.");
            }
            parts.add(new Part(records, deletions, kilobytes, last, null));
            records = new ArrayList<>();
            deletions = new ArrayList<>();
            length = 0;
        }
    }

    /** Ends the reading, wherever it is, and waits until it holds nothing any more. */
    @Override
    public void close() {
        reader.interrupt();
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
