package eu.sinusnode.server.reminders;

import eu.sinusnode.policy.access.FaultOrigin;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that goes through the steps of {@link Reminders} as long as there is something to be done. */
public final class ReminderWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReminderWorker.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LATE = Duration.ofMinutes(1);
    private static final long LAST_WORDS_MILLIS = 10_000;

    /** Small enough that no write of a clinic waits long for a row. */
    private static final int PLANS = 100;

    private static final int TASKS = 25;

    private final Reminders reminders;
    private final Adherence adherence;
    private final Clock clock;
    private @Nullable Thread thread;
    private volatile boolean closing;

    ReminderWorker(Reminders reminders, Adherence adherence, Clock clock) {
        this.reminders = reminders;
        this.adherence = adherence;
        this.clock = clock;
    }

    ReminderWorker start() {
        Thread started = new Thread(this::run, "reminders");
        started.setDaemon(true);
        thread = started;
        started.start();
        return this;
    }

    private void run() {
        long late = System.nanoTime() - BETWEEN_LATE.toNanos();
        while (!closing) {
            try {
                if (System.nanoTime() - late >= BETWEEN_LATE.toNanos()) {
                    reminders.setLateAside(clock.instant());
                    late = System.nanoTime();
                }
                if (!step()) {
                    Thread.sleep(PAUSE.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!closing) {
                    LOG.error("Reminders could not be worked on, and are tried again: {}", FaultOrigin.of(e));
                    pauseAfterFault();
                }
            }
        }
    }

    /** What is due goes before what is only to be computed. */
    private boolean step() {
        boolean some = reminders.read(clock.instant(), PLANS) > 0;
        some |= reminders.tell(clock.instant(), TASKS) > 0;
        some |= reminders.plan(clock.instant(), PLANS) > 0;
        some |= reminders.expire(clock.instant(), TASKS) > 0;
        some |= adherence.write(clock.instant());
        return some;
    }

    private static void pauseAfterFault() {
        try {
            Thread.sleep(PAUSE_AFTER_FAULT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        Thread running = thread;
        if (running != null) {
            running.join(LAST_WORDS_MILLIS);
        }
    }
}
