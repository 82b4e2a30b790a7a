package eu.sinusnode.server.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Date;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record's current version as the storage keeps it.
 *
 * @param json the resource without its id, version and time of change; null when the storage has it in another form
 * @param source {@code meta.source}, which the storage keeps beside the resource
 */
public record StoredRecord(
        String type,
        String id,
        long version,
        Date updated,
        @Nullable String json,
        @Nullable String source) {

    /** What {@link #read} reads, of {@code hfj_resource r} and {@code hfj_res_ver v}. */
    public static final String COLUMNS = columns("v.res_text_vc");

    /** @param text SQL expression of the resource's text */
    public static String columns(String text) {
        return "r.res_type, r.fhir_id, v.res_ver, r.res_updated, v.res_encoding, " + text + ", v.source_uri";
    }

    /** @param row that begins with {@link #COLUMNS} */
    public static StoredRecord read(ResultSet row) throws SQLException {
        boolean plain = "JSON".equals(row.getString(5));
        return new StoredRecord(
                Objects.requireNonNull(row.getString(1)),
                Objects.requireNonNull(row.getString(2)),
                row.getLong(3),
                new Date(Objects.requireNonNull(row.getTimestamp(4)).getTime()),
                plain ? row.getString(6) : null,
                row.getString(7));
    }
}
