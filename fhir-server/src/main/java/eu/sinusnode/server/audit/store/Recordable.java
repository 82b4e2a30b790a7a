package eu.sinusnode.server.audit.store;

import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * An AuditEvent to be stored.
 *
 * @param event with its id
 * @param story what was recorded, as far as it concerns the event's patient, as JSON of an AuditEntry; null when the event
 *     concerns nobody or comes from elsewhere
 * @param ledger whose records a bulk answer held; empty for an event that names its patient itself
 */
public record Recordable(AuditEvent event, byte @Nullable [] story, List<LedgerLine> ledger) {

    /**
     * @param records how many lines of what was recorded it stands for
     * @param story what was recorded, as far as it concerns the patient
     */
    public record LedgerLine(String patientId, int records, byte[] story) {}

    /** An event of the server itself. */
    public static Recordable single(AuditEvent event) {
        return new Recordable(event, null, List.of());
    }
}
