package eu.sinusnode.server.audit.store;

import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;

/**
 * An AuditEvent to be stored.
 *
 * @param event with its id
 * @param ledger whose records a bulk answer held; empty for an event that names its patient itself
 */
public record Recordable(AuditEvent event, List<LedgerLine> ledger) {

    /** @param records how many lines of the entry it sums up */
    public record LedgerLine(String patientId, String type, int records) {}

    public static Recordable single(AuditEvent event) {
        return new Recordable(event, List.of());
    }
}
