package eu.sinusnode.benchmarks.export;

import eu.sinusnode.benchmarks.madeup.RowCopies;
import eu.sinusnode.launcher.progress.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Patients and vital signs that are copies of what the server stored itself: rows of the resource, of its version with its
 * JSON, and of its references. They lie in the order of time and not of patients, as devices bring them. Search indexes are
 * not copied, since no export reads them.
 */
final class StoredVitals {

    private static final String SCHEMA = "made_up";
    private static final String PATIENTS = SCHEMA + ".patient";
    private static final String VITALS = SCHEMA + ".vital";

    /** The patient with the most vital signs, and of these as many as a made-up patient gets. */
    private static final String TEMPLATE = """
            CREATE TABLE made_up.template AS
            WITH found AS (
                SELECT l.target_resource_id AS patient, r.res_id
                FROM hfj_resource r JOIN hfj_res_link l ON l.src_resource_id = r.res_id AND l.src_path = 'Observation.subject'
                JOIN hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = 1
                WHERE r.res_type = 'Observation' AND r.res_ver = 1 AND r.res_deleted_at IS NULL
                    AND v.res_text_vc LIKE '%%"code":"vital-signs"%%' AND v.res_text_vc LIKE '%%"status":"final"%%'
            ), most AS (SELECT patient FROM found GROUP BY patient ORDER BY count(*) DESC, patient LIMIT 1)
            SELECT row_number() OVER (ORDER BY f.res_id)::integer AS n, f.res_id, f.patient
            FROM found f JOIN most USING (patient) ORDER BY f.res_id LIMIT %d
            """;

    private static final String NEW_PATIENTS = """
            CREATE TABLE made_up.patient AS SELECT i, gen_random_uuid() AS id, nextval('seq_resource_id') AS res_id
            FROM generate_series(1, %d) i
            """;
    private static final String NEW_VITALS = """
            INSERT INTO made_up.vital SELECT %1$d, gen_random_uuid(), nextval('seq_resource_id'), p.id, p.res_id,
                (SELECT t.res_id FROM made_up.template t
                    WHERE t.n = 1 + (%1$d - 1) %% (SELECT count(*) FROM made_up.template))
            FROM made_up.patient p
            """;
    private static final String COVERED = """
            INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)
            SELECT p.id, '%s', 'COVERAGE', 'Coverage', gen_random_uuid(), '2020-01-01Z' FROM made_up.patient p
            """;
    private static final String PERMITS = """
            INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization, purpose,
                labels, valid_from)
            SELECT p.id, gen_random_uuid(), 1, 'provision', 'p', '%s', 'HPAYMT', '{}', '2020-01-01Z'
            FROM made_up.patient p WHERE abs(hashint4(p.i)) %% 100 < %d
            """;

    private final RowCopies rows;
    private final Progress progress;

    /** @param connection to the database of the server that is to export them */
    StoredVitals(Connection connection, Progress progress) {
        this.rows = new RowCopies(connection);
        this.progress = progress;
    }

    /** What an earlier measurement of the same size has made up is used again. */
    void fill(int patients, int each) throws SQLException {
        if (isThere(patients, (long) patients * each)) {
            return;
        }
        forget();
        rows.execute("CREATE SCHEMA made_up");
        rows.execute(TEMPLATE.formatted(each));
        rows.execute(NEW_PATIENTS.formatted(patients));
        rows.execute(
                "CREATE TABLE made_up.vital (n integer, id uuid, res_id bigint, patient uuid, patient_res_id bigint,"
                        + " template bigint)");
        String template = rows.single(
                "SELECT p.fhir_id FROM hfj_resource p JOIN made_up.template t" + " ON t.patient = p.res_id LIMIT 1");
        copyPatients();
        try (Progress.Task task = progress.begin("Stored vital signs", (long) patients * each)) {
            for (int n = 1; n <= each; n++) {
                rows.execute(NEW_VITALS.formatted(n));
                copyVitals(n, template);
                task.advance(patients);
            }
            task.done("made up");
        }
        rows.execute("VACUUM ANALYZE");
    }

    /**
     * All of them are members of the insurer, and a share permits it everything.
     *
     * @return how many patients that are
     */
    long permit(UUID insurer, int percent) throws SQLException {
        for (String table : List.of("directive", "membership")) {
            rows.execute("DELETE FROM sinusnode." + table + " WHERE patient IN (SELECT id FROM made_up.patient)");
        }
        rows.execute(COVERED.formatted(insurer));
        rows.execute(PERMITS.formatted(insurer, percent));
        rows.execute("VACUUM ANALYZE sinusnode.directive, sinusnode.membership");
        return Long.parseLong(rows.single(
                "SELECT count(*) FROM sinusnode.directive WHERE patient IN (SELECT id FROM made_up.patient)"));
    }

    private boolean isThere(int patients, long vitals) throws SQLException {
        return rows.single("SELECT to_regclass('made_up.vital') IS NOT NULL").equals("t")
                && rows.single("SELECT (SELECT count(*) FROM made_up.patient) || ' ' || count(*) FROM made_up.vital")
                        .equals(patients + " " + vitals);
    }

    private void forget() throws SQLException {
        if (rows.single("SELECT to_regclass('made_up.vital') IS NOT NULL").equals("t")) {
            String gone = "(SELECT res_id FROM made_up.vital UNION ALL SELECT res_id FROM made_up.patient)";
            rows.execute("DELETE FROM hfj_res_link WHERE src_resource_id IN " + gone);
            rows.execute("DELETE FROM hfj_res_ver WHERE res_id IN " + gone);
            rows.execute("DELETE FROM hfj_resource WHERE res_id IN " + gone);
        }
        rows.execute("DROP SCHEMA IF EXISTS made_up CASCADE");
    }

    private void copyPatients() throws SQLException {
        String same = "s.res_id = (SELECT patient FROM made_up.template WHERE n = 1)";
        rows.execute(rows.statement(
                PATIENTS, "public.hfj_resource", same, Map.of("res_id", "m.res_id", "fhir_id", "m.id::text")));
        rows.execute(rows.statement(
                PATIENTS,
                "public.hfj_res_ver",
                same,
                Map.of("pid", "nextval('seq_resource_history_id')", "res_id", "m.res_id")));
    }

    /** @param template id of the patient who is named in the JSON that is copied */
    private void copyVitals(int n, String template) throws SQLException {
        String these = " AND m.n = " + n;
        rows.execute(rows.statement(
                        VITALS,
                        "public.hfj_resource",
                        "s.res_id = m.template",
                        Map.of("res_id", "m.res_id", "fhir_id", "m.id::text"))
                + these);
        rows.execute(rows.statement(
                        VITALS,
                        "public.hfj_res_ver",
                        "s.res_id = m.template",
                        Map.of(
                                "pid", "nextval('seq_resource_history_id')",
                                "res_id", "m.res_id",
                                "res_text_vc", "replace(s.res_text_vc, '" + template + "', m.patient::text)"))
                + these);
        rows.execute(rows.statement(
                        VITALS,
                        "public.hfj_res_link",
                        "s.src_resource_id = m.template",
                        Map.of(
                                "pid", "nextval('seq_reslink_id')",
                                "src_resource_id", "m.res_id",
                                "target_resource_id",
                                        "CASE WHEN s.target_resource_id = (SELECT patient FROM made_up.template WHERE n = 1)"
                                                + " THEN m.patient_res_id ELSE s.target_resource_id END"))
                + these);
    }
}
