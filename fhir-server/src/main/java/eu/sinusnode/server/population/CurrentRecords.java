package eu.sinusnode.server.population;

import eu.sinusnode.server.records.StoredRecord;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads many records as they are now in one statement. */
public final class CurrentRecords {

    private static final String OBSERVATIONS = "SELECT " + StoredRecord.COLUMNS + """

            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = 'Observation' AND r.fhir_id = ANY (?) AND r.res_deleted_at IS NULL
            """;

    private static final String ROWS = "SELECT " + StoredRecord.COLUMNS + """
            , r.res_id
            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_id = ANY (?) AND r.res_deleted_at IS NULL
            """;

    private static final String ROWS_OF =
            "SELECT r.res_id FROM public.hfj_resource r WHERE r.res_type = ? AND r.fhir_id = ANY (?)";

    private final JdbcTemplate jdbc;

    public CurrentRecords(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** In no order; what has been deleted is missing. */
    public List<StoredRecord> observations(List<UUID> found) {
        return named(found.stream().map(UUID::toString).toList());
    }

    /** By their ids, in no order; what has been deleted is missing. */
    public List<StoredRecord> named(List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.query(
                        connection -> {
                            PreparedStatement statement = connection.prepareStatement(OBSERVATIONS);
                            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
                            return statement;
                        },
                        (row, number) -> StoredRecord.read(row));
    }

    /** By the numbers of their rows; what has been deleted is missing. */
    Map<Long, StoredRecord> rows(List<Long> rows) {
        Map<Long, StoredRecord> current = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(ROWS);
                    statement.setArray(1, connection.createArrayOf("bigint", rows.toArray()));
                    return statement;
                },
                row -> {
                    current.put(row.getLong("res_id"), StoredRecord.read(row));
                });
        return current;
    }

    /** The numbers of the rows that keep records of the type under these ids, deleted or not. */
    Set<Long> rowsOf(String resourceType, List<String> ids) {
        return new HashSet<>(jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(ROWS_OF);
                    statement.setString(1, resourceType);
                    statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
                    return statement;
                },
                (row, number) -> row.getLong(1)));
    }
}
