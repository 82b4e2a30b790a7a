package eu.sinusnode.server.audit.store;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.server.audit.journal.AuditEntryCodec;
import eu.sinusnode.server.audit.journal.Journal;
import eu.sinusnode.server.audit.journal.JournalPosition;
import eu.sinusnode.server.audit.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Copies the journal into the store, in batches, from its oldest segment on; what an earlier process left comes first.
 * The journal keeps what is not stored yet, so a database that is away costs nothing but time. Entries come at least once;
 * the store leaves out what it has.
 *
 * <p>An entry that the store can never take (it makes no sense, or breaks a rule of the table) goes into a journal aside
 * and does not stop the others.
 */
public final class JournalDrainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalDrainer.class);
    private static final int ENTRIES_A_BATCH = 250;
    /** A transaction, its place in the chain and the anchor cost as much for one entry as for many. */
    private static final long GATHERING_MILLIS = 200;

    private static final long RETRY_MILLIS = 1000;
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Journal journal;
    private final Journal aside;
    private final JournalReader reader;
    private final EntryRenderer renderer;
    private final AuditStore store;
    private final Clock clock;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final AtomicLong setAside = new AtomicLong();
    private final Condition haste = lock.newCondition();

    /** Guarded by the lock: how many wait for what is in the journal. */
    private int waiting;

    /** Guarded by the lock. An interrupt instead would close the file that is just being read. */
    private boolean ending;

    private volatile @Nullable Instant behindSince;
    private volatile boolean failing;

    /** @param aside takes the entries that the store refuses */
    public JournalDrainer(Journal journal, Journal aside, EntryRenderer renderer, AuditStore store, Clock clock) {
        this.journal = journal;
        this.aside = aside;
        this.reader = new JournalReader(journal);
        this.renderer = renderer;
        this.store = store;
        this.clock = clock;
        this.thread = new Thread(this::run, "audit-drain");
        thread.setDaemon(true);
    }

    public JournalDrainer start() {
        thread.start();
        return this;
    }

    /** How long the oldest entry that is not stored yet has been waiting. */
    public Duration lag() {
        Instant since = behindSince;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    /** Entries that the store refused since the start. */
    public long setAside() {
        return setAside.get();
    }

    /** Segments that could not be read to their end. */
    public long damagedSegments() {
        try {
            return reader.damagedSegments();
        } catch (IOException e) {
            throw new UncheckedIOException("The audit journal's folder cannot be read.", e);
        }
    }

    /** Whether the last attempt to store failed. */
    public boolean isFailing() {
        return failing;
    }

    /**
     * Waits until what the journal holds now is in the store.
     *
     * @return false when it was not within the time
     */
    public boolean await(Duration patience) {
        JournalPosition wanted = journal.end();
        long nanos = patience.toNanos();
        lock.lock();
        waiting++;
        try {
            haste.signalAll();
            while (reader.position().compareTo(wanted) < 0) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = progress.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Stores what is there, if the database takes it, and ends. What it does not take stays in the journal. */
    @Override
    public void close() throws Exception {
        lock.lock();
        try {
            ending = true;
            haste.signalAll();
        } finally {
            lock.unlock();
        }
        thread.join(LAST_WORDS.toMillis());
        reader.close();
        aside.close();
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asked to end, it goes on until everything is stored or the database refuses. */
    private boolean round() throws InterruptedException {
        try {
            int stored = drainOnce();
            failing = false;
            return stored == ENTRIES_A_BATCH || pause(GATHERING_MILLIS, true) || stored > 0;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOG.error("The audit journal cannot be stored now and waits: {}", e.toString());
            }
            failing = true;
            return pause(RETRY_MILLIS, false);
        }
    }

    /**
     * @param hasty whether it ends at once while somebody waits
     * @return whether it is not asked to end
     */
    private boolean pause(long millis, boolean hasty) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!ending && !(hasty && waiting > 0) && nanos > 0) {
                nanos = haste.awaitNanos(nanos);
            }
            return !ending;
        } finally {
            lock.unlock();
        }
    }

    /** @return how many entries were dealt with */
    int drainOnce() throws IOException {
        List<byte[]> payloads = reader.next(ENTRIES_A_BATCH);
        if (payloads.isEmpty()) {
            behindSince = null;
            tellProgress();
            return 0;
        }
        store(payloads);
        reader.done();
        tellProgress();
        return payloads.size();
    }

    private void store(List<byte[]> payloads) {
        try {
            List<Recordable> events = new ArrayList<>();
            Instant oldest = null;
            for (byte[] payload : payloads) {
                AuditEntry entry = AuditEntryCodec.read(payload);
                oldest = oldest == null || entry.recorded().isBefore(oldest) ? entry.recorded() : oldest;
                behindSince = oldest;
                events.addAll(renderer.render(entry));
            }
            store.append(events);
        } catch (DataIntegrityViolationException e) {
            oneByOne(payloads, e);
        } catch (DataAccessException | org.springframework.transaction.TransactionException | UncheckedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            oneByOne(payloads, e);
        }
    }

    private void oneByOne(List<byte[]> payloads, Exception failure) {
        if (payloads.size() > 1) {
            payloads.forEach(payload -> store(List.of(payload)));
            return;
        }
        LOG.error("The audit store refuses an entry; it is kept in the journal aside: {}", failure.toString());
        aside.append(payloads.get(0));
        aside.force();
        setAside.incrementAndGet();
    }

    private void tellProgress() {
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
