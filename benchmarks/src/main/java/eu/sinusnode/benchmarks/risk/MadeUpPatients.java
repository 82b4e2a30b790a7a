package eu.sinusnode.benchmarks.risk;

import eu.sinusnode.benchmarks.madeup.RowCopies;
import eu.sinusnode.launcher.progress.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Patients who are copies of a loaded one, with what that one permits, and made-up readings of the last weeks. One in ten
 * has a high blood pressure; of these the measurements of pressure are there as Observations too, since a flag names them.
 * All else of the readings is in the lane alone, so that millions are there in minutes.
 */
final class MadeUpPatients {

    private static final int PART = 2_000;
    private static final String PATIENTS = "sinusnode.made_up";
    private static final String OBSERVATIONS = "sinusnode.made_up_pressure";

    private static final String PEOPLE = """
            CREATE TABLE sinusnode.made_up AS SELECT i, gen_random_uuid() AS id, nextval('seq_resource_id') AS res_id,
                i %% 10 = 0 AS ill FROM generate_series(1, %d) i
            """;
    /** A day has six values, the two of a pressure in one Observation. */
    private static final String READINGS = """
            INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation, version,
                offset_minutes, code, status, device_kind, setting, author)
            SELECT date_trunc('day', now()) - (r.g / 6 + 1) * interval '1 day' + interval '7 hours'
                    + r.g %% 6 / 2 * interval '5 minutes',
                c.base + (m.i * 31 + r.g * 17) %% c.spread + CASE WHEN m.ill AND r.g %% 6 < 2 THEN c.more ELSE 0 END,
                pg_current_xact_id()::text::bigint, m.id,
                md5(m.id || '-' || CASE WHEN r.g %% 6 = 1 THEN r.g - 1 ELSE r.g END)::uuid, 1, 60, v.code, 'f', c.device,
                'h', 'p'
            FROM sinusnode.made_up m, generate_series(%d, %d) AS r (g)
            JOIN (VALUES (0, '8480-6', 112, 15, 40, 'c'::"char"), (1, '8462-4', 66, 10, 30, 'c'), (2, '8867-4', 62, 30, 0, 'p'),
                (3, '29463-7', 78, 1, 0, 's'), (4, '2708-6', 95, 4, 0, 'p'), (5, '40443-4', 58, 12, 0, 'p'))
                AS c (kind, loinc, base, spread, more, device) ON c.kind = r.g %% 6
            JOIN sinusnode.vital_code v ON v.loinc = c.loinc
            WHERE m.i BETWEEN ? AND ?
            """;

    private static final String PRESSURES = """
            CREATE TABLE sinusnode.made_up_pressure AS SELECT DISTINCT m.id AS patient, m.res_id AS patient_res_id,
                r.observation::text AS id, r.effective, 0::bigint AS res_id
            FROM sinusnode.made_up m JOIN sinusnode.vital_reading r ON r.patient = m.id JOIN sinusnode.vital_code v
                ON v.code = r.code AND v.loinc = '8480-6'
            WHERE m.ill AND NOT EXISTS (SELECT FROM hfj_resource h
                WHERE h.res_type = 'Observation' AND h.fhir_id = r.observation::text)
            """;
    private static final String PRESSURE_JSON = """
            '{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",'
            || '"code":"85354-9"}]},"subject":{"reference":"Patient/' || m.patient || '"},"effectiveDateTime":"'
            || to_char(m.effective AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '"}'
            """;

    private final Connection connection;
    private final RowCopies rows;
    private final Progress progress;

    MadeUpPatients(Connection connection, Progress progress) {
        this.connection = connection;
        this.rows = new RowCopies(connection);
        this.progress = progress;
    }

    void fill(int patients, long readings) throws SQLException {
        forget();
        rows.execute(PEOPLE.formatted(patients));
        rows.execute("CREATE UNIQUE INDEX ON sinusnode.made_up (i)");
        String template = rows.single("""
                SELECT patient::text FROM sinusnode.directive WHERE purpose = 'CAREMGT' AND effect = 'p'
                    AND resource_type IS NULL AND code IS NULL AND valid_to > now() + interval '1 day' ORDER BY patient
                LIMIT 1""");
        // The rows of directives that are copied are those of the loaded patient, not copies of copies.
        rows.execute("CREATE TABLE sinusnode.made_up_permit AS SELECT * FROM sinusnode.directive WHERE patient = '"
                + template + "'");
        copyPatients(patients, template);
        List<String> indexes = rows.dropIndexesOfReadings();
        fillReadings(patients, 0, Math.toIntExact(readings / patients) - 1, "Readings");
        try (Progress.Task task = progress.begin("Indexes and Observations", indexes.size() + 1L)) {
            for (String index : indexes) {
                rows.execute(index);
                task.advance(1);
            }
            copyPressures();
            rows.execute("VACUUM ANALYZE");
            task.done("made");
        }
    }

    /** Patients of an earlier measurement permit nothing any more; what was written about them stays, seen by nobody. */
    private void forget() throws SQLException {
        if (rows.single("SELECT to_regclass('sinusnode.made_up') IS NOT NULL").equals("t")) {
            rows.execute("DELETE FROM sinusnode.directive WHERE patient IN (SELECT id FROM sinusnode.made_up)");
            rows.execute("DELETE FROM sinusnode.vital_reading WHERE patient IN (SELECT id FROM sinusnode.made_up)");
            rows.execute(
                    "DROP TABLE IF EXISTS sinusnode.made_up, sinusnode.made_up_pressure, sinusnode.made_up_permit");
        }
    }

    /**
     * Further readings of the first patients.
     *
     * @param perPatient how many each had after {@link #fill}
     * @param first how many have come since
     */
    void fillFurther(int patients, int perPatient, int first, int more) throws SQLException {
        int from = perPatient + first;
        try (PreparedStatement statement = connection.prepareStatement(READINGS.formatted(from, from + more - 1))) {
            statement.setInt(1, 1);
            statement.setInt(2, patients);
            statement.executeUpdate();
        }
        copyPressures();
    }

    private void fillReadings(int patients, int first, int last, String label) throws SQLException {
        try (Progress.Task task = progress.begin(label, (long) patients * (last - first + 1));
                PreparedStatement statement = connection.prepareStatement(READINGS.formatted(first, last))) {
            for (int from = 1; from <= patients; from += PART) {
                statement.setInt(1, from);
                statement.setInt(2, Math.min(patients, from + PART - 1));
                task.advance(statement.executeLargeUpdate());
            }
            task.done("made up");
        }
    }

    private void copyPatients(int patients, String template) throws SQLException {
        String row = "(SELECT res_id FROM hfj_resource WHERE res_type = 'Patient' AND fhir_id = '" + template + "')";
        List<String> copies = List.of(
                rows.statement(
                        PATIENTS,
                        "public.hfj_resource",
                        "s.res_id = " + row,
                        Map.of("res_id", "m.res_id", "fhir_id", "m.id::text")),
                rows.statement(
                        PATIENTS,
                        "public.hfj_res_ver",
                        "s.res_id = " + row,
                        Map.of("pid", "nextval('seq_resource_history_id')", "res_id", "m.res_id")),
                rows.statement(
                        PATIENTS,
                        "public.hfj_spidx_token",
                        "s.res_id = " + row,
                        Map.of("sp_id", "nextval('seq_spidx_token')", "res_id", "m.res_id")),
                rows.statement(
                        PATIENTS,
                        "sinusnode.directive",
                        "s.directive IN (SELECT directive FROM sinusnode.made_up_permit)",
                        Map.of("patient", "m.id", "change_sequence", "pg_current_xact_id()::text::bigint")));
        try (Progress.Task task = progress.begin("Patients", patients)) {
            for (int from = 1; from <= patients; from += PART) {
                int to = Math.min(patients, from + PART - 1);
                for (String copy : copies) {
                    rows.execute(copy + " AND m.i BETWEEN " + from + " AND " + to);
                }
                task.advance(to - from + 1L);
            }
            task.done("copied");
        }
    }

    private void copyPressures() throws SQLException {
        rows.execute("DROP TABLE IF EXISTS sinusnode.made_up_pressure");
        rows.execute(PRESSURES);
        rows.execute("UPDATE sinusnode.made_up_pressure SET res_id = nextval('seq_resource_id')");
        String any = rows.single("SELECT r.res_id::text FROM hfj_resource r JOIN sinusnode.vital_reading v"
                + " ON v.observation = r.fhir_id::uuid AND v.code = 1"
                + " WHERE r.res_type = 'Observation' AND r.res_ver = 1 AND NOT v.patient IN (SELECT id FROM sinusnode.made_up)"
                + " ORDER BY r.res_id LIMIT 1");
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_resource",
                "s.res_id = " + any,
                Map.of("res_id", "m.res_id", "fhir_id", "m.id", "res_ver", "1")));
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_res_ver",
                "s.res_ver = 1 AND s.res_id = " + any,
                Map.of(
                        "pid", "nextval('seq_resource_history_id')",
                        "res_id", "m.res_id",
                        "res_text_vc", PRESSURE_JSON)));
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_res_link",
                "s.src_path = 'Observation.subject' AND s.src_resource_id = " + any,
                Map.of(
                        "pid", "nextval('seq_reslink_id')",
                        "src_resource_id", "m.res_id",
                        "target_resource_id", "m.patient_res_id")));
    }
}
