package eu.sinusnode.server.lane.command;

import eu.sinusnode.profiles.RiskInputCodes;
import java.sql.PreparedStatement;
import java.util.Objects;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds the table {@code risk_input} against the records that rules ask for, as {@link LaneRebuild} does for readings. What
 * is taken out of a record is said by the SQL function that the server uses, so the database compares by itself. An
 * Observation in whose text none of the codes stands is not taken apart: nearly all of them are readings.
 */
final class RiskInputRebuild {

    private static final int AT_ONCE = 2_000;

    private static final String COMPARE = """
            WITH batch AS MATERIALIZED (
                SELECT r.res_id, r.res_type, r.fhir_id, v.res_ver, v.res_encoding, v.res_text_vc
                FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
                WHERE r.res_type IN ('Patient', 'Condition', 'Goal', 'MedicationRequest', 'Observation')
                    AND r.res_deleted_at IS NULL AND r.res_id > ?
                ORDER BY r.res_id LIMIT %d %s
            ), wanted AS MATERIALIZED (
                SELECT b.res_type, b.fhir_id::uuid AS resource, b.res_ver::integer AS version, i.code, i.effective, i.measured,
                    CASE b.res_type WHEN 'Patient' THEN b.fhir_id::uuid ELSE i.patient END AS patient,
                    CASE WHEN b.res_type = 'Patient' OR i.patient IS NOT NULL THEN i.said END AS said
                FROM batch b LEFT JOIN LATERAL sinusnode.risk_input_of(b.res_type, b.res_text_vc::jsonb) AS i
                    ON b.res_type <> 'Observation' OR b.res_text_vc LIKE ANY (?)
                WHERE b.res_encoding = 'JSON' AND b.res_text_vc IS NOT NULL
                    AND b.fhir_id ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
            ), differing AS MATERIALIZED (
                SELECT w.res_type, w.resource, w.version, coalesce(w.patient, s.patient) AS patient,
                    coalesce(w.code, s.code) AS code, w.effective, w.measured, w.said
                FROM wanted w LEFT JOIN sinusnode.risk_input s
                    ON s.resource_type = w.res_type AND s.resource = w.resource
                WHERE w.said IS DISTINCT FROM s.said
                    OR w.said IS NOT NULL AND (w.version, w.patient, w.code, w.effective, w.measured)
                        IS DISTINCT FROM (s.version, s.patient, s.code, s.effective, s.measured)
            )%s
            SELECT (SELECT max(res_id) FROM batch), (SELECT count(*) FROM batch), (SELECT count(*) FROM differing),
                (SELECT count(*) FROM batch WHERE res_encoding <> 'JSON' OR res_text_vc IS NULL)
            """;

    private static final String MEND = """
            , mended AS (
                INSERT INTO sinusnode.risk_input (resource_type, resource, version, patient, code, effective, measured, said,
                    change_sequence)
                SELECT d.*, pg_current_xact_id()::text::bigint FROM differing d
                ON CONFLICT (resource_type, resource) DO UPDATE SET version = excluded.version, patient = excluded.patient,
                    code = excluded.code, effective = excluded.effective, measured = excluded.measured,
                    said = excluded.said, change_sequence = excluded.change_sequence
            )
            """;

    private static final String SURPLUS = """
            FROM sinusnode.risk_input s WHERE s.said IS NOT NULL AND NOT EXISTS (
                SELECT FROM public.hfj_resource r WHERE r.res_type = s.resource_type AND r.fhir_id = s.resource::text
                    AND r.res_deleted_at IS NULL)
            """;

    private static final String TAKE_BACK =
            "UPDATE sinusnode.risk_input u SET said = NULL, change_sequence = pg_current_xact_id()::text::bigint"
                    + " FROM (SELECT s.resource_type, s.resource " + SURPLUS
                    + ") g WHERE u.resource_type = g.resource_type AND u.resource = g.resource";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    private record Batch(long last, long size, long different, long unread) {}

    RiskInputRebuild(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /** @param progress records compared so far */
    Comparison compare(LongConsumer progress) {
        Comparison found = walk(COMPARE.formatted(AT_ONCE, "", ""), progress);
        long surplus = Objects.requireNonNull(jdbc.queryForObject("SELECT count(*) " + SURPLUS, Long.class));
        return new Comparison(found.compared(), found.different(), surplus, found.unread());
    }

    /** Afterwards the table is what the records give; the figures are of what was mended. */
    Comparison mend(LongConsumer progress) {
        // Locked, nobody changes a record between its reading and its row.
        Comparison found = walk(COMPARE.formatted(AT_ONCE, "FOR SHARE OF r", MEND), progress);
        return new Comparison(found.compared(), found.different(), jdbc.update(TAKE_BACK), found.unread());
    }

    private Comparison walk(String statement, LongConsumer progress) {
        long compared = 0;
        long different = 0;
        long unread = 0;
        Batch batch = new Batch(Long.MIN_VALUE, AT_ONCE, 0, 0);
        while (batch.size() == AT_ONCE) {
            long after = batch.last();
            batch = Objects.requireNonNull(transaction.execute(status -> batch(statement, after)));
            compared += batch.size();
            different += batch.different();
            unread += batch.unread();
            progress.accept(compared);
        }
        return new Comparison(compared, different, 0, unread);
    }

    private Batch batch(String sql, long after) {
        return Objects.requireNonNull(jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.setLong(1, after);
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "text",
                                    RiskInputCodes.OF_OBSERVATIONS.stream()
                                            .map(code -> "%\"" + code + "\"%")
                                            .toArray()));
                    return statement;
                },
                row -> {
                    row.next();
                    return new Batch(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
                }));
    }
}
