package eu.sinusnode.server.population;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.narrowing.WideRows;
import eu.sinusnode.policy.narrowing.WideSearch;
import eu.sinusnode.server.records.RecordModel;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** The rows of HAPI's storage. */
public final class StorageRows implements WideRows {

    private final FhirContext context;
    private final StoredRecords stored;
    private final FoundRows found;
    private final PermittedRows permitted;
    private final ReferencedRows referenced;
    private final CurrentRecords records;

    public StorageRows(
            FhirContext context,
            StoredRecords stored,
            FoundRows found,
            PermittedRows permitted,
            ReferencedRows referenced,
            CurrentRecords records) {
        this.context = context;
        this.stored = stored;
        this.found = found;
        this.permitted = permitted;
        this.referenced = referenced;
        this.records = records;
    }

    @Override
    public List<Long> first(WideSearch search, int most) {
        return found.first(search, most);
    }

    @Override
    public List<Long> permitted(List<Long> rows, String resourceType, Caller caller, Instant at) {
        return permitted.among(rows, resourceType, caller, at);
    }

    @Override
    public Map<Long, Resource> records(List<Long> rows) {
        RecordModel model = new RecordModel(context, stored);
        Map<Long, Resource> current = new HashMap<>();
        records.rows(rows)
                .forEach((row, record) -> model.resource(record).ifPresent(resource -> current.put(row, resource)));
        return current;
    }

    @Override
    public Map<Long, Set<String>> references(
            List<Long> rows, String resourceType, String parameter, String targetType) {
        return rows.isEmpty() ? Map.of() : referenced.by(rows, resourceType, parameter, targetType);
    }
}
