package eu.sinusnode.server.interactions;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks versions up in HAPI's tables, already narrowed. HAPI's own history of a type cannot be narrowed, and keeps its
 * totals for every caller.
 */
public final class VersionTable {

    /**
     * @param row the number of the row that keeps the record
     * @param deleted whether this version says that the record was deleted
     */
    record Version(VersionKey key, long row, boolean deleted) {}

    private static final String SELECT = """
            SELECT v.res_updated::text, r.fhir_id, v.res_ver, v.res_id, v.res_deleted_at IS NOT NULL
            FROM public.hfj_res_ver v JOIN public.hfj_resource r ON r.res_id = v.res_id
            WHERE v.res_type = ?
            """;

    /** Links go when a record is deleted, so what was deleted is remembered in a table of our own. */
    private static final String OF_PATIENTS = """
            AND v.res_id IN (
                SELECT l.src_resource_id FROM public.hfj_res_link l
                JOIN public.hfj_resource p ON p.res_id = l.target_resource_id
                WHERE p.res_type = 'Patient' AND p.fhir_id = ANY (?) AND l.source_resource_type = ?
                UNION ALL
                SELECT d.res_id FROM sinusnode.deleted_record g
                JOIN public.hfj_resource d ON d.res_type = g.resource_type AND d.fhir_id = g.record::text
                WHERE g.patient = ANY (?::uuid[]) AND g.resource_type = ?)
            """;

    private static final String PATIENTS = "AND r.fhir_id = ANY (?)\n";
    private static final String OF_RECORD = "AND r.fhir_id = ?\n";
    private static final String SINCE = "AND v.res_updated >= ?\n";
    private static final String UNTIL = "AND v.res_updated <= ?\n";
    private static final String NOT_REPLACED_BEFORE = """
            AND NOT EXISTS (SELECT FROM public.hfj_res_ver n
                WHERE n.res_id = v.res_id AND n.res_ver = v.res_ver + 1 AND n.res_updated <= ?)
            """;

    /** The time by itself is what the index is entered by. */
    private static final String AFTER =
            "AND v.res_updated <= ?::timestamp" + " AND (v.res_updated, r.fhir_id, v.res_ver) < (?::timestamp, ?, ?)\n";

    private static final String ORDER = "ORDER BY v.res_updated DESC, r.fhir_id DESC, v.res_ver DESC LIMIT ?";

    private final JdbcTemplate jdbc;

    public VersionTable(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    List<Version> ofRecord(String resourceType, String id, HistoryWindow window, @Nullable VersionKey after, int most) {
        return new Query(resourceType).with(OF_RECORD, id).within(window, after).run(most);
    }

    /** Whosever they are. */
    List<Version> ofType(String resourceType, HistoryWindow window, @Nullable VersionKey after, int most) {
        return new Query(resourceType).within(window, after).run(most);
    }

    List<Version> ofPatients(
            String resourceType,
            Collection<String> patientIds,
            HistoryWindow window,
            @Nullable VersionKey after,
            int most) {
        String[] ids = patientIds.toArray(String[]::new);
        Query query = resourceType.equals("Patient")
                ? new Query(resourceType).with(PATIENTS, (Object) ids)
                : new Query(resourceType).with(OF_PATIENTS, ids, resourceType, ids, resourceType);
        return query.within(window, after).run(most);
    }

    private final class Query {
        private final StringBuilder sql = new StringBuilder(SELECT);
        private final List<Object> arguments = new ArrayList<>();

        private Query(String resourceType) {
            arguments.add(resourceType);
        }

        private Query with(String condition, Object... values) {
            sql.append(condition);
            arguments.addAll(List.of(values));
            return this;
        }

        private Query within(HistoryWindow window, @Nullable VersionKey after) {
            if (window.since() != null) {
                with(SINCE, at(window.since()));
            }
            if (window.until() != null) {
                with(UNTIL, at(window.until()));
            }
            if (window.from() != null) {
                with(NOT_REPLACED_BEFORE, at(window.from()));
            }
            return after == null ? this : with(AFTER, after.updated(), after.updated(), after.id(), after.version());
        }

        private List<Version> run(int most) {
            with(ORDER, most);
            return jdbc.query(
                    connection -> {
                        PreparedStatement statement = connection.prepareStatement(sql.toString());
                        for (int i = 0; i < arguments.size(); i++) {
                            Object argument = arguments.get(i);
                            if (argument instanceof String[] many) {
                                statement.setArray(i + 1, connection.createArrayOf("text", many));
                            } else {
                                statement.setObject(i + 1, argument);
                            }
                        }
                        return statement;
                    },
                    (row, number) -> version(row));
        }

        /** The storage writes local times of this JVM; a Timestamp is sent as one. */
        private static Timestamp at(Instant instant) {
            return Timestamp.from(instant);
        }

        private static Version version(ResultSet row) throws SQLException {
            VersionKey key = new VersionKey(row.getString(1), row.getString(2), row.getLong(3));
            return new Version(key, row.getLong(4), row.getBoolean(5));
        }
    }
}
