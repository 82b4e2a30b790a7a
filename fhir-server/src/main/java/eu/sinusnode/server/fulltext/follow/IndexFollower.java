package eu.sinusnode.server.fulltext.follow;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.server.fulltext.index.TextIndex;
import eu.sinusnode.server.fulltext.table.TextChanges;
import eu.sinusnode.server.fulltext.table.TextSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an index follow the table, from a thread of its own: a write costs its row and no more. It looks again after a
 * while, and at once when somebody waits.
 */
public final class IndexFollower implements AutoCloseable, IndexStep.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REPORT = Duration.ofSeconds(3);
    private static final Duration LAST_WORDS = Duration.ofSeconds(15);

    private final TextChanges changes;
    private final IndexPosition position;
    private final IndexStep step;
    private final TextIndex index;
    private final NodeReport report;
    private final String node;
    private final Duration every;
    private final Clock clock;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Condition wanted = lock.newCondition();
    private boolean ending;
    private boolean isWanted;
    private @Nullable TextSnapshot reached;

    private volatile boolean failing;
    private volatile long pending;
    private volatile long documents;
    private volatile @Nullable Instant behindSince;
    /** Of the follower's own thread. */
    private boolean changed = true;

    private Instant reported = Instant.EPOCH;
    private long reportedGeneration = Long.MIN_VALUE;

    /**
     * @param node the name under which it reports
     * @param every how often it looks when nobody waits
     */
    public IndexFollower(
            TextChanges changes,
            TextIndex index,
            IndexPosition position,
            NodeReport report,
            String node,
            Duration every,
            Clock clock) {
        this.changes = changes;
        this.index = index;
        this.position = position;
        this.report = report;
        this.node = node;
        this.every = every;
        this.clock = clock;
        this.step = new IndexStep(changes, index, this);
        this.thread = new Thread(this::run, "full-text");
        thread.setDaemon(true);
    }

    public IndexFollower start() {
        thread.start();
        return this;
    }

    /** How long the oldest change that is not in the index has been waiting. */
    public Duration lag() {
        Instant since = behindSince;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    /** Changes that are still to be applied, as last counted. */
    public long pending() {
        return pending;
    }

    /** Records in the index, as last counted. */
    public long documents() {
        return documents;
    }

    /** Whether the last step failed. */
    public boolean isFailing() {
        return failing;
    }

    /**
     * Waits until everything that is committed now is found in the index.
     *
     * @return false when it was not within the time
     */
    public boolean await(Duration patience) {
        TextSnapshot now = changes.now();
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (reached == null || !reached.covers(now)) {
                if (nanos <= 0) {
                    return false;
                }
                isWanted = true;
                wanted.signal();
                nanos = progress.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws InterruptedException {
        lock.lock();
        try {
            ending = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        thread.join(LAST_WORDS.toMillis());
    }

    private void run() {
        try {
            boolean more = true;
            while (more) {
                more = pause(round());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to pause */
    private Duration round() {
        try {
            IndexState state = position.advance(step);
            if (changed) {
                documents = index.documents();
                changed = false;
            }
            pending = 0;
            failing = false;
            behindSince = null;
            say(state.source().generation());
            tellProgress(state.snapshot());
            return every;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("The full-text index cannot follow and tries again: {}", FaultOrigin.of(e));
            }
            failing = true;
            behindSince = behindSince == null ? clock.instant() : behindSince;
            return RETRY;
        }
    }

    /** Waits, unless somebody waits already. */
    private boolean pause(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long nanos = most.toNanos();
            while (!ending && (!isWanted || failing) && nanos > 0) {
                nanos = wanted.awaitNanos(nanos);
            }
            isWanted = false;
            return !ending;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void progress(boolean rebuilding, long stillPending) {
        pending = stillPending;
        changed = true;
        if (stillPending > 0 && behindSince == null) {
            behindSince = clock.instant();
        }
        if (rebuilding) {
            say(-1);
        }
    }

    @Override
    public void found(TextSnapshot snapshot) {
        tellProgress(snapshot);
    }

    /** Now and then, and when it is another order's index now: a row that changes all the time is a burden too. */
    private void say(long generation) {
        Instant now = clock.instant();
        if (generation != reportedGeneration || reported.plus(REPORT).isBefore(now)) {
            report.say(node, generation, documents, pending);
            reported = now;
            reportedGeneration = generation;
        }
    }

    private void tellProgress(TextSnapshot snapshot) {
        lock.lock();
        try {
            reached = snapshot;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
