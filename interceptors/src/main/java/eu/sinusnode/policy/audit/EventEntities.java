package eu.sinusnode.policy.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * The entities of an AuditEvent: the request, the search, the record or records, and the patient. BALP allows one entity
 * of type System Object, which is the one record or the search; further records are entities of their own FHIR types.
 */
final class EventEntities {

    /** How many records one event names; of more it says how many they are. */
    static final int NAMED_RECORDS = 20;

    private final String serverBase;

    EventEntities(String serverBase) {
        this.serverBase = serverBase;
    }

    void add(AuditEvent event, AuditEntry entry, @Nullable String patientId, List<AuditedRecord> records) {
        RequestFacts request = entry.request();
        event.addEntity()
                .setType(AuditCodes.requestIdEntity())
                .getWhat()
                .getIdentifier()
                .setValue(request.requestId());
        if (request.query() != null) {
            addQuery(event, request.method() == null ? "GET" : request.method(), request.query());
        }
        if (request.interaction().isJob()) {
            addJob(event, request);
        }
        if (entry.outcome() instanceof AuditOutcome.Denied) {
            addAskedFor(event, request);
        } else if (request.query() == null
                && records.size() == 1
                && !request.interaction().isBulk()) {
            addOne(event, records.get(0));
        } else {
            addRecords(event, request, records);
        }
        if (patientId != null) {
            event.addEntity()
                    .setType(AuditCodes.person())
                    .setRole(AuditCodes.patientRole())
                    .setWhat(new Reference("Patient/" + patientId));
        }
    }

    /** One that a repeated upload found is not always known by its id. */
    private static void addOne(AuditEvent event, AuditedRecord record) {
        Reference what =
                record.id() == null ? new Reference().setType(record.type()) : new Reference(reference(record));
        addData(event).setWhat(what);
    }

    private void addQuery(AuditEvent event, String method, String query) {
        event.addEntity()
                .setType(AuditCodes.systemObject())
                .setRole(AuditCodes.query())
                .setQuery((method + " " + serverBase + "/" + query).getBytes(StandardCharsets.UTF_8));
    }

    /** A refusal names what the path named; nothing of it was found. */
    private static void addAskedFor(AuditEvent event, RequestFacts request) {
        if (request.query() != null || request.resourceType() == null) {
            return;
        }
        if (request.resourceId() == null) {
            addData(event).setName(request.resourceType());
        } else {
            addData(event).setWhat(new Reference(request.resourceType() + "/" + request.resourceId()));
        }
    }

    /** Also of a run that failed: what it was is told by its name and by what it said of itself. */
    private static void addJob(AuditEvent event, RequestFacts request) {
        AuditEventEntityComponent job = event.addEntity()
                .setType(AuditCodes.systemObject())
                .setRole(AuditCodes.job())
                .setName(request.operation());
        if (request.run() != null) {
            request.run()
                    .forEach(detail -> job.addDetail().setType(detail.type()).setValue(new StringType(detail.value())));
        }
    }

    private static void addRecords(AuditEvent event, RequestFacts request, List<AuditedRecord> records) {
        if (request.query() == null
                && !records.isEmpty()
                && !request.interaction().isJob()) {
            // What the records came in or went out with: a transaction, the answer of an operation, a file.
            addData(event).getWhat().setType("Bundle").getIdentifier().setValue(request.requestId());
        }
        boolean each = records.size() <= NAMED_RECORDS && !request.interaction().isBulk();
        Map<String, Integer> counted = new TreeMap<>();
        for (AuditedRecord record : records) {
            if (each && record.id() != null) {
                addOfType(event, record.type()).setWhat(new Reference(reference(record)));
            } else if (record.id() != null || request.interaction().isBulk()) {
                counted.merge(record.type(), 1, Integer::sum);
            }
        }
        String unit = request.interaction().isBulk() ? "patients" : "records";
        counted.forEach((type, count) ->
                addOfType(event, type).addDetail().setType(unit).setValue(new StringType(count.toString())));
    }

    private static AuditEventEntityComponent addOfType(AuditEvent event, String type) {
        return event.addEntity().setType(AuditCodes.resourceType(type)).setRole(AuditCodes.domainResource());
    }

    private static AuditEventEntityComponent addData(AuditEvent event) {
        Coding role = AuditCodes.domainResource();
        return event.addEntity().setType(AuditCodes.systemObject()).setRole(role);
    }

    private static String reference(AuditedRecord record) {
        String reference = record.type() + "/" + record.id();
        return record.version() == null ? reference : reference + "/_history/" + record.version();
    }
}
