package eu.sinusnode.server.reminders;

import eu.sinusnode.policy.access.FaultOrigin;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
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

    /** One COPY a table for all of them. */
    private static final int NEW_TASKS = 500;

    /** Each is read and written by itself. */
    private static final int OLD_TASKS = 25;

    private final Reminders reminders;
    private final Adherence adherence;
    private final int workers;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;
    private long late = System.nanoTime() - BETWEEN_LATE.toNanos();

    /** @param workers threads that make Tasks; the first one does all else too */
    ReminderWorker(Reminders reminders, Adherence adherence, int workers, Clock clock) {
        this.reminders = reminders;
        this.adherence = adherence;
        this.workers = workers;
        this.clock = clock;
    }

    ReminderWorker start() {
        start("reminders", this::step);
        for (int i = 1; i < workers; i++) {
            start("reminders-" + i, () -> reminders.tell(clock.instant(), NEW_TASKS) > 0);
        }
        return this;
    }

    private void start(String name, BooleanSupplier step) {
        Thread thread = new Thread(() -> run(step), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(BooleanSupplier step) {
        while (!closing) {
            try {
                if (!step.getAsBoolean()) {
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
        if (System.nanoTime() - late >= BETWEEN_LATE.toNanos()) {
            reminders.setLateAside(clock.instant());
            late = System.nanoTime();
        }
        boolean some = reminders.read(clock.instant(), PLANS) > 0;
        some |= reminders.tell(clock.instant(), NEW_TASKS) > 0;
        some |= reminders.plan(clock.instant(), PLANS) > 0;
        some |= reminders.expire(clock.instant(), OLD_TASKS) > 0;
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
        for (Thread thread : threads) {
            thread.join(LAST_WORDS_MILLIS);
        }
    }
}
