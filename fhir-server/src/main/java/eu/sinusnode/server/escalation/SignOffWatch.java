package eu.sinusnode.server.escalation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for overdue sign-offs again and again, and counts: {@code sinusnode.sign.off.escalations} by outcome, and how many are
 * open after their time as {@code sinusnode.sign.off.overdue}.
 */
public final class SignOffWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignOffWatch.class);
    private static final String THREAD = "sign-off-watch";
    private static final String ESCALATIONS = "sinusnode.sign.off.escalations";
    private static final String OVERDUE = "sinusnode.sign.off.overdue";

    private final Escalations escalations;
    private final Clock clock;
    private final MeterRegistry meters;
    private final AtomicLong overdue;
    private final ScheduledExecutorService thread;

    SignOffWatch(Escalations escalations, Clock clock, MeterRegistry meters) {
        this.escalations = escalations;
        this.clock = clock;
        this.meters = meters;
        this.overdue = meters.gauge(OVERDUE, new AtomicLong());
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, THREAD);
            made.setDaemon(true);
            return made;
        });
    }

    SignOffWatch start(Duration every) {
        thread.scheduleWithFixedDelay(this::once, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** A fault of one look does not take the next one away. */
    void once() {
        try {
            Escalations.Look look = escalations.look(clock.instant());
            count("escalated", look.escalated());
            count("withheld", look.withheld());
            count("failed", look.failed());
            overdue.set(look.overdue());
        } catch (RuntimeException e) {
            count("failed", 1);
            LOG.error(
                    "Overdue sign-offs could not be looked for: {}",
                    e.getClass().getName());
        }
    }

    private void count(String outcome, int times) {
        meters.counter(ESCALATIONS, "outcome", outcome).increment(times);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
