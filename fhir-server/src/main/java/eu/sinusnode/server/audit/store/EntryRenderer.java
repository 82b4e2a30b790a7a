package eu.sinusnode.server.audit.store;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditedRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes AuditEvents of an entry, and of a bulk answer's records the lines of the ledger. */
public final class EntryRenderer {

    private final AuditEvents events;

    public EntryRenderer(AuditEvents events) {
        this.events = events;
    }

    List<Recordable> render(AuditEntry entry) {
        List<Recordable.LedgerLine> ledger =
                entry.request().interaction().isBulk() ? ledger(entry.records()) : List.of();
        return events.render(entry).stream()
                .map(event -> new Recordable(event, ledger))
                .toList();
    }

    private static List<Recordable.LedgerLine> ledger(List<AuditedRecord> records) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (AuditedRecord record : records) {
            if (record.patientId() != null) {
                counts.computeIfAbsent(record.patientId(), patient -> new TreeMap<>())
                        .merge(record.type(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .flatMap(patient -> patient.getValue().entrySet().stream()
                        .map(type -> new Recordable.LedgerLine(patient.getKey(), type.getKey(), type.getValue())))
                .toList();
    }
}
