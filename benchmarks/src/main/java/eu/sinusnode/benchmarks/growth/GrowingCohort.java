package eu.sinusnode.benchmarks.growth;

import eu.sinusnode.benchmarks.madeup.RowCopies;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Patients who are copies of a loaded one, whom a clinic treats and an insurer covers. Their vital signs come by import, as
 * real ones do; what of them has been imported is remembered beside them, so that a later measurement goes on from there.
 */
final class GrowingCohort {

    private static final String PATIENTS = "growth.patient";
    private static final String TABLES = """
            CREATE SCHEMA IF NOT EXISTS growth;
            CREATE TABLE IF NOT EXISTS growth.patient (i integer PRIMARY KEY, id uuid NOT NULL, res_id bigint NOT NULL);
            CREATE TABLE IF NOT EXISTS growth.imported (vitals bigint PRIMARY KEY)
            """;
    private static final String NEW_PATIENTS = """
            INSERT INTO growth.patient SELECT i, gen_random_uuid(), nextval('seq_resource_id')
            FROM generate_series(%d, %d) i
            """;
    private static final String RELATED = """
            INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)
            SELECT p.id, '%s', '%s', '%s', gen_random_uuid(), '2020-01-01Z' FROM growth.patient p WHERE p.i >= %d
            """;
    private static final String PERMITS = """
            INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization, purpose,
                labels, valid_from)
            SELECT p.id, gen_random_uuid(), 1, 'provision', 'p', '%s', '%s', '{}', '2020-01-01Z' FROM growth.patient p
            WHERE %s
            """;

    private final RowCopies rows;
    private final UUID clinic;
    private final UUID insurer;

    GrowingCohort(Connection connection, UUID clinic, UUID insurer) throws SQLException {
        this.rows = new RowCopies(connection);
        this.clinic = clinic;
        this.insurer = insurer;
        rows.execute(TABLES);
    }

    /** Vital signs of the stages that are behind it. */
    long imported() throws SQLException {
        return Long.parseLong(rows.single("SELECT coalesce(max(vitals), 0) FROM growth.imported"));
    }

    /** Vital signs in the storage, with the loaded ones, those of the warm-up and what imports broken off have left. */
    long stored() throws SQLException {
        return Long.parseLong(rows.single("SELECT count(*) FROM sinusnode.sent_identifier WHERE vital"));
    }

    void reached(long vitals) throws SQLException {
        rows.execute("INSERT INTO growth.imported VALUES (" + vitals + ")");
    }

    /**
     * Adds patients until there are as many; those that an import broken off has left are among the new ones.
     *
     * @param before how many the stages behind it had
     * @return the new ones
     */
    List<UUID> grow(int before, int patients) throws SQLException {
        int there = Integer.parseInt(rows.single("SELECT count(*) FROM growth.patient"));
        if (there < patients) {
            int first = there + 1;
            rows.execute(NEW_PATIENTS.formatted(first, patients));
            copyPatients(first);
            rows.execute(RELATED.formatted(clinic, "CARE_TEAM", "CareTeam", first));
            rows.execute(RELATED.formatted(insurer, "COVERAGE", "Coverage", first));
            rows.execute(PERMITS.formatted(clinic, "TREAT", "p.i >= " + first));
        }
        return ids("i > " + before + " ORDER BY i");
    }

    /** Some of all patients, the same ones for the same size. */
    List<String> some(int most) throws SQLException {
        return ids("true ORDER BY hashint4(i) LIMIT " + most).stream()
                .map(UUID::toString)
                .toList();
    }

    /** @return how many patients now permit the insurer everything */
    long permit(int percent) throws SQLException {
        String ours = "organization = '" + insurer + "' AND patient IN (SELECT id FROM growth.patient)";
        rows.execute("DELETE FROM sinusnode.directive WHERE " + ours);
        rows.execute(PERMITS.formatted(insurer, "HPAYMT", "abs(hashint4(p.i)) % 100 < " + percent));
        rows.execute("VACUUM ANALYZE sinusnode.directive, sinusnode.membership");
        return Long.parseLong(rows.single("SELECT count(*) FROM sinusnode.directive WHERE " + ours));
    }

    /** What autovacuum does in the minutes behind an import, so that it is not in the reads. */
    void settle() throws SQLException {
        rows.execute("VACUUM ANALYZE");
        rows.execute("CHECKPOINT");
    }

    long bytes() throws SQLException {
        return Long.parseLong(rows.single("SELECT pg_database_size(current_database())"));
    }

    /** Tables with the most bytes, and of these the indexes. */
    String largest() throws SQLException {
        return rows.single("""
                SELECT string_agg(format('%s %s MB (%s %% indexes)', relname, bytes / 1000000,
                    round(100.0 * indexes / bytes)), ', ' ORDER BY bytes DESC)
                FROM (SELECT relname, pg_total_relation_size(oid) AS bytes, pg_indexes_size(oid) AS indexes
                    FROM pg_class WHERE relkind = 'r' ORDER BY 2 DESC LIMIT 10) t
                """);
    }

    private List<UUID> ids(String which) throws SQLException {
        String joined =
                rows.single("SELECT coalesce(string_agg(id::text, ','), '') FROM (SELECT id FROM growth.patient WHERE "
                        + which + ") p");
        return joined.isEmpty()
                ? List.of()
                : Stream.of(joined.split(",")).map(UUID::fromString).toList();
    }

    private void copyPatients(int first) throws SQLException {
        String one = rows.single("SELECT res_id::text FROM hfj_resource WHERE res_type = 'Patient' AND res_ver = 1"
                + " ORDER BY res_id LIMIT 1");
        String same = "s.res_id = " + one;
        Map<String, Map<String, String>> tables = Map.of(
                "public.hfj_resource", Map.of("res_id", "m.res_id", "fhir_id", "m.id::text"),
                "public.hfj_res_ver", Map.of("pid", "nextval('seq_resource_history_id')", "res_id", "m.res_id"),
                "public.hfj_spidx_token", Map.of("sp_id", "nextval('seq_spidx_token')", "res_id", "m.res_id"));
        for (String table : List.of("public.hfj_resource", "public.hfj_res_ver", "public.hfj_spidx_token")) {
            rows.execute(rows.statement(PATIENTS, table, same, tables.getOrDefault(table, Map.of())) + " AND m.i >= "
                    + first);
        }
    }
}
