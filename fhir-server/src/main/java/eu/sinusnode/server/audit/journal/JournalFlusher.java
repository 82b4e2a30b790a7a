package eu.sinusnode.server.audit.journal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Brings the journal to the disk beside the callers: again as soon as the time before has passed, when there is something
 * new. A loss of power costs what was recorded within that time and one write of the disk; the end of a process costs
 * nothing.
 */
public final class JournalFlusher implements AutoCloseable {

    private final Journal journal;
    private final Duration pause;
    private final Thread thread;
    /** An interrupt would close the file that is just being written to the disk. */
    private final CountDownLatch ended = new CountDownLatch(1);

    /** @param pause between two times; zero is allowed */
    public JournalFlusher(Journal journal, Duration pause) {
        this.journal = journal;
        this.pause = pause;
        this.thread = new Thread(this::run, "audit-journal-flush");
        thread.setDaemon(true);
    }

    public JournalFlusher start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!ended.await(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
                journal.force();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended.countDown();
        thread.join(Duration.ofSeconds(5).toMillis());
    }
}
