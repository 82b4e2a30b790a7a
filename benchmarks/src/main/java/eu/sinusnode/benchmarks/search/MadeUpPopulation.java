package eu.sinusnode.benchmarks.search;

import eu.sinusnode.benchmarks.madeup.RowCopies;
import eu.sinusnode.launcher.progress.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Patients who are copies of a loaded one, made-up readings of two years, half of them heart rates, and an insurer that
 * covers them all. The newest heart rates are stored records, since pages are made of them; all else of the readings is in
 * the lane alone, so that millions are there in minutes.
 */
final class MadeUpPopulation {

    /** Of a search by 1 % of the patients, some 2,000 are looked at until a page is full. */
    private static final int STORED = 20_000;

    private static final int PART = 250_000;
    private static final String PATIENTS = "sinusnode.made_up";
    private static final String OBSERVATIONS = "sinusnode.made_up_newest";

    private static final String READINGS = """
            INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation, version,
                offset_minutes, code, status, device_kind, setting, author)
            SELECT date_trunc('milliseconds', now() - random() * interval '730 days'), 70, 1, p.id, gen_random_uuid(), 1, 60,
                v.code, 'f', '-', 'h', 'p'
            FROM (SELECT random() AS kind, 1 + (g * 7919) %% %d AS i FROM generate_series(%d::bigint, %d) g) r
            JOIN sinusnode.made_up p ON p.i = r.i
            JOIN sinusnode.vital_code v ON v.loinc = CASE WHEN r.kind < 0.5 THEN '8867-4' WHEN r.kind < 0.7 THEN '8480-6'
                WHEN r.kind < 0.85 THEN '29463-7' ELSE '2708-6' END
            """;
    private static final String NEWEST = """
            CREATE TABLE sinusnode.made_up_newest AS
            SELECT n.*, nextval('seq_resource_id') AS res_id FROM (
                SELECT r.observation::text AS id, r.patient, m.res_id AS patient_res_id, r.effective
                FROM sinusnode.vital_reading r JOIN sinusnode.made_up m ON m.id = r.patient
                WHERE r.code = (SELECT code FROM sinusnode.vital_code WHERE loinc = '8867-4')
                ORDER BY r.effective DESC LIMIT %d) n
            """;
    private static final String JSON = """
            '{"resourceType":"Observation","status":"final","category":[{"coding":[{"system":'
            || '"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":[{'
            || '"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"Patient/' || m.patient
            || '"},"effectiveDateTime":"' || to_char(m.effective AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
            || '","valueQuantity":{"value":70,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}}'
            """;
    private static final String DAY = "to_char(m.effective AT TIME ZONE 'UTC', 'YYYYMMDD')::integer";
    private static final String COVERED = """
            INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)
            SELECT p.id, '%s', 'COVERAGE', 'Coverage', gen_random_uuid(), '2020-01-01Z' FROM sinusnode.made_up p
            """;
    private static final String PERMITS = """
            INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization, purpose,
                labels, valid_from)
            SELECT p.id, gen_random_uuid(), 1, 'provision', 'p', '%s', 'HPAYMT', '{}', '2020-01-01Z'
            FROM sinusnode.made_up p WHERE abs(hashint4(p.i)) %% 100 < %d
            """;

    private final RowCopies rows;
    private final UUID insurer;
    private final Progress progress;

    MadeUpPopulation(Connection connection, UUID insurer, Progress progress) {
        this.rows = new RowCopies(connection);
        this.insurer = insurer;
        this.progress = progress;
    }

    void fill(int patients, long readings) throws SQLException {
        forget();
        rows.execute("CREATE TABLE sinusnode.made_up AS SELECT i, gen_random_uuid() AS id,"
                + " nextval('seq_resource_id') AS res_id FROM generate_series(1, " + patients + ") i");
        rows.execute("CREATE UNIQUE INDEX ON sinusnode.made_up (i)");
        rows.execute("CREATE UNIQUE INDEX ON sinusnode.made_up (id)");
        List<String> indexes = rows.dropIndexesOfReadings();
        try (Progress.Task task = progress.begin("Readings", readings)) {
            for (long from = 1; from <= readings; from += PART) {
                long to = Math.min(readings, from + PART - 1);
                rows.execute(READINGS.formatted(patients, from, to));
                task.advance(to - from + 1);
            }
            task.done("made up");
        }
        try (Progress.Task task = progress.begin("Indexes and records", indexes.size() + 2L)) {
            for (String index : indexes) {
                rows.execute(index);
                task.advance(1);
            }
            copyPatients();
            task.advance(1);
            copyObservations();
            rows.execute(COVERED.formatted(insurer));
            rows.execute("VACUUM ANALYZE");
            task.done("made");
        }
    }

    /** Patients and records of an earlier measurement stay, and nobody is permitted any of them. */
    private void forget() throws SQLException {
        if (rows.single("SELECT to_regclass('sinusnode.made_up') IS NOT NULL").equals("t")) {
            for (String table : List.of("directive", "membership", "vital_reading")) {
                rows.execute("DELETE FROM sinusnode." + table + " WHERE patient IN (SELECT id FROM sinusnode.made_up)");
            }
            rows.execute("DROP TABLE IF EXISTS sinusnode.made_up, sinusnode.made_up_newest");
        }
    }

    /** @return how many patients now permit the insurer everything, for its own purpose */
    long permit(int percent) throws SQLException {
        rows.execute("DELETE FROM sinusnode.directive WHERE patient IN (SELECT id FROM sinusnode.made_up)");
        rows.execute(PERMITS.formatted(insurer, percent));
        rows.execute("VACUUM ANALYZE sinusnode.directive");
        return Long.parseLong(rows.single(
                "SELECT count(*) FROM sinusnode.directive WHERE patient IN (SELECT id FROM sinusnode.made_up)"));
    }

    private void copyPatients() throws SQLException {
        String one = rows.single("SELECT res_id::text FROM hfj_resource WHERE res_type = 'Patient' AND res_ver = 1"
                + " ORDER BY res_id LIMIT 1");
        String same = "s.res_id = " + one;
        Map<String, Map<String, String>> tables = Map.of(
                "public.hfj_resource", Map.of("res_id", "m.res_id", "fhir_id", "m.id::text"),
                "public.hfj_res_ver", Map.of("pid", "nextval('seq_resource_history_id')", "res_id", "m.res_id"),
                "public.hfj_spidx_token", Map.of("sp_id", "nextval('seq_spidx_token')", "res_id", "m.res_id"));
        for (String table : List.of("public.hfj_resource", "public.hfj_res_ver", "public.hfj_spidx_token")) {
            rows.execute(rows.statement(PATIENTS, table, same, tables.getOrDefault(table, Map.of())));
        }
    }

    /** With the rows by which the storage finds code, date and patient. */
    private void copyObservations() throws SQLException {
        rows.execute(NEWEST.formatted(STORED));
        String one = rows.single(
                "SELECT r.res_id::text FROM hfj_resource r JOIN sinusnode.vital_reading v"
                        + " ON v.observation = r.fhir_id::uuid JOIN sinusnode.vital_code c ON c.code = v.code"
                        + " WHERE c.loinc = '8867-4' AND r.res_type = 'Observation' AND r.res_ver = 1 ORDER BY r.res_id LIMIT 1");
        String same = "s.res_id = " + one;
        rows.execute(rows.statement(
                OBSERVATIONS, "public.hfj_resource", same, Map.of("res_id", "m.res_id", "fhir_id", "m.id")));
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_res_ver",
                same,
                Map.of("pid", "nextval('seq_resource_history_id')", "res_id", "m.res_id", "res_text_vc", JSON)));
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_spidx_token",
                same,
                Map.of("sp_id", "nextval('seq_spidx_token')", "res_id", "m.res_id")));
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_spidx_date",
                same,
                Map.of(
                        "sp_id", "nextval('seq_spidx_date')",
                        "res_id", "m.res_id",
                        "sp_value_low", "m.effective",
                        "sp_value_high", "m.effective",
                        "sp_value_low_date_ordinal", DAY,
                        "sp_value_high_date_ordinal", DAY)));
        rows.execute(rows.statement(
                OBSERVATIONS,
                "public.hfj_res_link",
                "s.src_path = 'Observation.subject' AND s.src_resource_id = " + one,
                Map.of(
                        "pid", "nextval('seq_reslink_id')",
                        "src_resource_id", "m.res_id",
                        "target_resource_id", "m.patient_res_id")));
    }
}
