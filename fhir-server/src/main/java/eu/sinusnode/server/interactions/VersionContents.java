package eu.sinusnode.server.interactions;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.interactions.VersionTable.Version;
import eu.sinusnode.server.records.RecordModel;
import eu.sinusnode.server.records.StoredRecord;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What versions hold, read in one statement: of one that says that its record was deleted, what was deleted. */
public final class VersionContents {

    private static final String CONTENTS = """
            SELECT r.res_type, r.fhir_id, v.res_ver, v.res_updated, v.res_encoding, v.res_text_vc, v.source_uri, w.asked
            FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS w(row, version, asked)
            JOIN public.hfj_res_ver v ON v.res_id = w.row AND v.res_ver = w.version
            JOIN public.hfj_resource r ON r.res_id = v.res_id
            """;

    private final FhirContext context;
    private final StoredRecords stored;
    private final JdbcTemplate jdbc;

    public VersionContents(FhirContext context, StoredRecords stored, DataSource dataSource) {
        this.context = context;
        this.stored = stored;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** By their keys; what the storage keeps in another form than JSON is missing. */
    Map<VersionKey, Resource> of(List<Version> versions) {
        RecordModel model = new RecordModel(context, stored);
        Long[] rows = versions.stream().map(Version::row).toArray(Long[]::new);
        Long[] numbers = versions.stream().map(VersionContents::told).toArray(Long[]::new);
        Map<VersionKey, Resource> contents = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(CONTENTS);
                    statement.setArray(1, connection.createArrayOf("bigint", rows));
                    statement.setArray(2, connection.createArrayOf("bigint", numbers));
                    return statement;
                },
                row -> {
                    StoredRecord record = StoredRecord.read(row);
                    if (record.json() != null) {
                        VersionKey key = versions.get(row.getInt("asked") - 1).key();
                        model.resource(record).ifPresent(resource -> contents.put(key, resource));
                    }
                });
        return contents;
    }

    /** The version whose content is decided on. */
    static long told(Version version) {
        return version.deleted() ? version.key().version() - 1 : version.key().version();
    }
}
