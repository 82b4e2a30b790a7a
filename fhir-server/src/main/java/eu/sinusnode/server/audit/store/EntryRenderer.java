package eu.sinusnode.server.audit.store;

import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.server.audit.journal.AuditEntryCodec;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;

/** Makes AuditEvents of an entry, and of a bulk answer's records the lines of the ledger. */
public final class EntryRenderer {

    private final AuditEvents events;

    public EntryRenderer(AuditEvents events) {
        this.events = events;
    }

    List<Recordable> render(AuditEntry entry) {
        List<Recordable.LedgerLine> ledger = entry.request().interaction().isBulk() ? ledger(entry) : List.of();
        return events.render(entry).stream()
                .map(event -> new Recordable(event, storyOfConcerned(entry, event), ledger))
                .toList();
    }

    private static byte @org.jspecify.annotations.Nullable [] storyOfConcerned(AuditEntry entry, AuditEvent event) {
        Optional<String> patient = EventParts.patient(event)
                .filter(reference -> reference.startsWith("Patient/"))
                .map(reference -> reference.substring("Patient/".length()))
                .filter(entry.patients()::contains);
        return patient.map(id -> story(entry, id)).orElse(null);
    }

    private static List<Recordable.LedgerLine> ledger(AuditEntry entry) {
        return entry.patients().stream()
                .map(patient -> new Recordable.LedgerLine(
                        patient, recordsOf(entry, patient).size(), story(entry, patient)))
                .toList();
    }

    /** The entry without the other patients, the search and the address, which the patient's log does not tell. */
    private static byte[] story(AuditEntry entry, String patient) {
        RequestFacts request = entry.request();
        RequestFacts told = new RequestFacts(
                request.requestId(), request.interaction(), request.operation(), request.resourceType(), null, null);
        return AuditEntryCodec.write(new AuditEntry(
                entry.id(), entry.recorded(), told, entry.caller(), entry.outcome(), recordsOf(entry, patient)));
    }

    private static List<AuditedRecord> recordsOf(AuditEntry entry, String patient) {
        return entry.records().stream()
                .filter(record -> patient.equals(record.patientId()))
                .toList();
    }
}
