package eu.sinusnode.server.records;

import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A version of a record in the form that HAPI's parser of stored resources takes, from a row and without Hibernate. */
public final class StoredVersion {

    /** What {@link #read} reads, of {@code hfj_resource r} and {@code hfj_res_ver v}. */
    public static final String COLUMNS = """
            r.res_type, r.fhir_id, r.res_id, v.res_ver, v.res_published, v.res_updated,
                v.res_deleted_at IS NOT NULL AS deleted, v.res_encoding, v.res_text_vc, v.source_uri""";

    private StoredVersion() {}

    /** @param row with {@link #COLUMNS}; of a deleted record the encoding is {@link ResourceEncodingEnum#DEL} */
    public static ResourceHistoryTable read(ResultSet row) throws SQLException {
        ResourceHistoryTable version = new ResourceHistoryTable();
        version.setResourceId(row.getLong("res_id"));
        version.setResourceType(row.getString("res_type"));
        version.setTransientForcedId(row.getString("fhir_id"));
        version.setFhirVersion(FhirVersionEnum.R4);
        version.setVersion(row.getLong("res_ver"));
        version.setPublished(row.getTimestamp("res_published"));
        version.setUpdated(row.getTimestamp("res_updated"));
        version.setEncoding(
                row.getBoolean("deleted")
                        ? ResourceEncodingEnum.DEL
                        : ResourceEncodingEnum.valueOf(row.getString("res_encoding")));
        version.setResourceTextVc(row.getString("res_text_vc"));
        version.setSourceUri(row.getString("source_uri"));
        return version;
    }
}
