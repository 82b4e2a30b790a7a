package eu.sinusnode.server.everything;

import eu.sinusnode.server.records.StoredRecord;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks up what refers to a patient, type by type and in the order of the ids. Whose a record is in truth is decided when
 * it has been read.
 */
final class PatientRecords {

    private static final String OWN = """
            WITH own AS (
                SELECT p.res_id FROM public.hfj_resource p WHERE p.res_type = 'Patient' AND p.fhir_id = ?
            )
            """;

    private static final String THE_PATIENT = OWN + """
            , found AS (SELECT o.res_id FROM own o WHERE ? = 'Patient')
            """;

    private static final String OF_PATIENT = OWN + """
            , found AS (
                SELECT DISTINCT l.src_resource_id AS res_id
                FROM own o JOIN public.hfj_res_link l ON l.target_resource_id = o.res_id
                WHERE l.source_resource_type = ?
            )
            """;

    /** A Provenance names its target and not the patient. */
    private static final String OF_RECORDS = OWN + """
            , linked AS (
                SELECT o.res_id FROM own o
                UNION
                SELECT l.src_resource_id FROM own o JOIN public.hfj_res_link l ON l.target_resource_id = o.res_id
            ), found AS (
                SELECT DISTINCT p.src_resource_id AS res_id
                FROM linked l JOIN public.hfj_res_link p ON p.target_resource_id = l.res_id
                WHERE p.source_resource_type = ?
            )
            """;

    private static final String PAGE = "SELECT " + StoredRecord.COLUMNS + """

            FROM found f JOIN public.hfj_resource r ON r.res_id = f.res_id
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_deleted_at IS NULL AND r.fhir_id COLLATE "C" > ? AND r.res_updated > ?
            """;

    /** A record without a date of care is always part of it. */
    private static final String OF_CARE = """
            AND (NOT EXISTS (
                    SELECT FROM public.hfj_spidx_date d WHERE d.res_id = r.res_id AND d.hash_identity = ANY (?))
                OR EXISTS (
                    SELECT FROM public.hfj_spidx_date d WHERE d.res_id = r.res_id AND d.hash_identity = ANY (?)
                    AND coalesce(d.sp_value_high, d.sp_value_low) >= ?
                    AND coalesce(d.sp_value_low, d.sp_value_high) <= ?))
            """;

    private static final String ORDER = "ORDER BY r.fhir_id COLLATE \"C\" LIMIT ?";

    private static final Timestamp BEGINNING = Timestamp.valueOf("0001-01-01 00:00:00");
    private static final Timestamp END = Timestamp.valueOf("9999-12-31 23:59:59");

    private final JdbcTemplate jdbc;
    private final CareDates careDates;

    PatientRecords(DataSource dataSource, CareDates careDates) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.careDates = careDates;
    }

    /**
     * The records behind a place.
     *
     * @param after null for the beginning
     */
    List<StoredRecord> next(String patientId, Wanted wanted, @Nullable Place after, int most) {
        List<StoredRecord> next = new ArrayList<>();
        int first = after == null ? 0 : wanted.types().indexOf(after.resourceType());
        for (int i = first; i < wanted.types().size() && next.size() < most; i++) {
            String id = after != null && i == first ? after.id() : "";
            next.addAll(ofType(patientId, wanted.types().get(i), wanted, id, most - next.size()));
        }
        return next;
    }

    private List<StoredRecord> ofType(String patientId, String type, Wanted wanted, String after, int most) {
        Long[] dates = wanted.start() == null && wanted.end() == null ? new Long[0] : careDates.of(type);
        String sql = found(type) + PAGE + (dates.length == 0 ? "" : OF_CARE) + ORDER;
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.setString(1, patientId);
                    statement.setString(2, type);
                    statement.setString(3, after);
                    statement.setTimestamp(4, at(wanted.since(), BEGINNING));
                    int next = dates.length == 0 ? 5 : bindCare(statement, dates, wanted);
                    statement.setInt(next, most);
                    return statement;
                },
                (row, number) -> StoredRecord.read(row));
    }

    private static String found(String type) {
        return switch (type) {
            case "Patient" -> THE_PATIENT;
            case "Provenance" -> OF_RECORDS;
            default -> OF_PATIENT;
        };
    }

    private static int bindCare(PreparedStatement statement, Long[] dates, Wanted wanted) throws SQLException {
        statement.setArray(5, statement.getConnection().createArrayOf("bigint", dates));
        statement.setArray(6, statement.getConnection().createArrayOf("bigint", dates));
        statement.setTimestamp(7, at(wanted.start(), BEGINNING));
        statement.setTimestamp(8, at(wanted.end(), END));
        return 9;
    }

    /** The storage writes local times of this JVM; a Timestamp is sent as one. */
    private static Timestamp at(@Nullable Instant instant, Timestamp otherwise) {
        return instant == null ? otherwise : Timestamp.from(instant);
    }
}
