package eu.sinusnode.server.audit.retention;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.RequestFacts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to the retention some minutes after the start and each day from then on. A run is in the audit itself. */
public final class DailyRetention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DailyRetention.class);
    private static final String JOB = "audit-retention";
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration EVERY = Duration.ofDays(1);

    private final RetentionRun run;
    private final Period retention;
    private final AuditTrail audit;
    private final ScheduledExecutorService thread;

    /** @param retention after which a month's events are dropped */
    public DailyRetention(RetentionRun run, Period retention, AuditTrail audit) {
        this.run = run;
        this.retention = retention;
        this.audit = audit;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, JOB);
            made.setDaemon(true);
            return made;
        });
    }

    public DailyRetention start() {
        return start(FIRST, EVERY);
    }

    DailyRetention start(Duration first, Duration every) {
        thread.scheduleWithFixedDelay(this::once, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** A fault of one day does not take the next day's run away. */
    void once() {
        int[] dropped = {0};
        try {
            boolean done = run.run(retention, month -> {
                dropped[0]++;
                LOG.info("Dropped the audit of {}: {} events.", month.month(), month.events());
            });
            if (done) {
                record(new AuditOutcome.Granted("retention " + retention + ": " + dropped[0] + " months dropped"));
            }
        } catch (SQLException | RuntimeException e) {
            LOG.error("The audit's retention could not be seen to: {}", FaultOrigin.of(e));
            recordFault();
        }
    }

    private void recordFault() {
        try {
            record(new AuditOutcome.Denied(RequestProblem.SERVER_FAULT.code(), JOB + " broke off"));
        } catch (RuntimeException e) {
            LOG.error("That it broke off could not be audited: {}", FaultOrigin.of(e));
        }
    }

    private void record(AuditOutcome outcome) {
        audit.record(
                new RequestFacts(UUID.randomUUID().toString(), AuditedInteraction.JOB_RUN, JOB, null, null, null),
                AuditedCaller.server(),
                outcome,
                List.of());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
