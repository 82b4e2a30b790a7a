package eu.sinusnode.server.escalation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for overdue Tasks again and again, and counts of each kind: {@code sinusnode.sign.off.escalations},
 * {@code sinusnode.question.escalations} and {@code sinusnode.alert.escalations} by outcome, and how many wait after their time as
 * {@code sinusnode.sign.off.overdue}, {@code sinusnode.question.overdue} and {@code sinusnode.alert.overdue}.
 */
public final class EscalationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EscalationWatch.class);
    private static final String THREAD = "escalation-watch";

    private final Escalations escalations;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<TaskKind, AtomicLong> overdue = new EnumMap<>(TaskKind.class);
    private final ScheduledExecutorService thread;

    EscalationWatch(Escalations escalations, Clock clock, MeterRegistry meters) {
        this.escalations = escalations;
        this.clock = clock;
        this.meters = meters;
        for (TaskKind kind : TaskKind.values()) {
            AtomicLong waiting = new AtomicLong();
            overdue.put(kind, waiting);
            meters.gauge(meter(kind, "overdue"), waiting);
        }
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, THREAD);
            made.setDaemon(true);
            return made;
        });
    }

    EscalationWatch start(Duration every) {
        thread.scheduleWithFixedDelay(this::once, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    void once() {
        for (TaskKind kind : TaskKind.values()) {
            once(kind);
        }
    }

    /** A fault of one look takes away neither the next one nor that at other kinds. */
    private void once(TaskKind kind) {
        try {
            Escalations.Look look = escalations.look(kind, clock.instant());
            count(kind, "escalated", look.escalated());
            count(kind, "withheld", look.withheld());
            count(kind, "failed", look.failed());
            Objects.requireNonNull(overdue.get(kind)).set(look.overdue());
        } catch (RuntimeException e) {
            count(kind, "failed", 1);
            LOG.error(
                    "Overdue Tasks of kind {} could not be looked for: {}",
                    kind.word(),
                    e.getClass().getName());
        }
    }

    private void count(TaskKind kind, String outcome, int times) {
        meters.counter(meter(kind, "escalations"), "outcome", outcome).increment(times);
    }

    private static String meter(TaskKind kind, String what) {
        return "sinusnode." + kind.word().replace('-', '.') + "." + what;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
