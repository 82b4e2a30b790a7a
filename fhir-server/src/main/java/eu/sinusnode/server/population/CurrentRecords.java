package eu.sinusnode.server.population;

import eu.sinusnode.server.records.StoredRecord;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads many Observations as they are now in one statement. */
public final class CurrentRecords {

    private static final String OBSERVATIONS = "SELECT " + StoredRecord.COLUMNS + """

            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = 'Observation' AND r.fhir_id = ANY (?) AND r.res_deleted_at IS NULL
            """;

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
}
