package eu.sinusnode.server.audit.journal;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditSink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Puts entries into the journal: what the caller waits for is one write into the system's memory of the disk. */
public final class JournalSink implements AuditSink {

    private final Journal journal;
    private final Timer timer;

    public JournalSink(Journal journal, MeterRegistry meters) {
        this.journal = journal;
        this.timer = Timer.builder("sinusnode.audit.record")
                .description("How long a request waits for its audit entry")
                .serviceLevelObjectives(Duration.ofNanos(100_000), Duration.ofMillis(1), Duration.ofMillis(10))
                .register(meters);
    }

    /** @throws JournalException when it is not recorded; the request must fail */
    @Override
    public void record(AuditEntry entry) {
        long start = System.nanoTime();
        journal.append(AuditEntryCodec.write(entry));
        timer.record(Duration.ofNanos(System.nanoTime() - start));
    }
}
