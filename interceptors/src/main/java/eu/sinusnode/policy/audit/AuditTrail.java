package eu.sinusnode.policy.audit;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives what is audited its id and its instant, and hands it to the sink. */
public final class AuditTrail {

    private final AuditSink sink;
    private final Clock clock;

    public AuditTrail(AuditSink sink, Clock clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** @throws RuntimeException when the sink cannot store it; what is audited must not happen then */
    public void record(
            RequestFacts request, @Nullable AuditedCaller caller, AuditOutcome outcome, List<AuditedRecord> records) {
        recordOnce(UUID.randomUUID(), request, caller, outcome, records);
    }

    /**
     * What may be told again: of entries with the same id the first one is kept.
     *
     * @throws RuntimeException as {@link #record}
     */
    public void recordOnce(
            UUID id,
            RequestFacts request,
            @Nullable AuditedCaller caller,
            AuditOutcome outcome,
            List<AuditedRecord> records) {
        sink.record(new AuditEntry(id.toString(), clock.instant(), request, caller, outcome, records));
    }
}
