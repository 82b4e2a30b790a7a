package eu.sinusnode.server.audit.journal;

import java.time.Duration;

/**
 * Brings the journal to the disk beside the callers: again as soon as the time before has passed, when there is something
 * new. A loss of power costs what was recorded within that time and one write of the disk; the end of a process costs
 * nothing.
 */
public final class JournalFlusher implements AutoCloseable {

    private final Journal journal;
    private final Duration pause;
    private final Thread thread;

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
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(Math.max(1, pause.toMillis()));
                journal.force();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(5).toMillis());
    }
}
