package eu.sinusnode.server.records;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import eu.sinusnode.policy.access.StoredRecords;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** Stored records as the resources that a read gives, and as lines of NDJSON. For one thread. */
public final class RecordModel {

    private final IParser parser;
    private final StoredRecords storage;

    public RecordModel(FhirContext context, StoredRecords storage) {
        this.parser = context.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
        this.storage = storage;
    }

    /** Empty when the record has been deleted meanwhile. */
    public Optional<Resource> resource(StoredRecord record) {
        if (record.json() == null) {
            return storage.current(record.type(), record.id());
        }
        Resource resource = (Resource) parser.parseResource(record.json());
        String version = Long.toString(record.version());
        resource.setId(new IdType(record.type(), record.id(), version));
        resource.getMeta().setVersionId(version).setLastUpdated(record.updated());
        if (record.source() != null) {
            resource.getMeta().setSource(record.source());
        }
        return Optional.of(resource);
    }

    public String line(Resource resource) {
        return parser.encodeResourceToString(resource);
    }

    public static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
