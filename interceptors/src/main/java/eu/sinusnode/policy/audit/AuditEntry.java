package eu.sinusnode.policy.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as plain values: cheap to write down while the caller waits. {@link AuditEvents} makes
 * AuditEvents of it later.
 *
 * @param id UUID of this entry; the ids of its AuditEvents follow from it
 * @param caller null when nobody could be identified
 * @param records the records that left, were written or were refused; their patients are the ones concerned. It is the
 *     disclosure ledger: of a bulk answer it has one line a patient and type
 */
public record AuditEntry(
        String id,
        Instant recorded,
        RequestFacts request,
        @Nullable AuditedCaller caller,
        AuditOutcome outcome,
        List<AuditedRecord> records) {

    public AuditEntry {
        records = List.copyOf(records);
    }

    /** The patients concerned, sorted; empty when nobody is. */
    public List<String> patients() {
        return records.stream()
                .map(AuditedRecord::patientId)
                .filter(patient -> patient != null)
                .distinct()
                .sorted()
                .toList();
    }
}
