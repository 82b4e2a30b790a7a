package eu.sinusnode.benchmarks.population;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Made-up readings of two years, half of them heart rates, and insurers whom a share of the patients permits everything
 * each; one of them is permitted by a few patients alone.
 */
final class SyntheticReadings {

    /** Percent of the patients who permit an insurer; 0 stands for {@link #FEW} patients. */
    static final List<Integer> SHARES = List.of(0, 1, 30, 70);

    static final int FEW = 350;

    private static final String PATIENTS = """
            CREATE TABLE sinusnode.made_up AS SELECT i, gen_random_uuid() AS id FROM generate_series(1, ?) i
            """;
    private static final String READINGS = """
            INSERT INTO sinusnode.vital_reading (effective, value, change_sequence, patient, observation, version,
                offset_minutes, code, status, device_kind, setting, author)
            SELECT now() - random() * interval '730 days', 70, 1, p.id, gen_random_uuid(), 1, 60,
                CASE WHEN r.kind < 0.5 THEN 3 WHEN r.kind < 0.7 THEN 1 WHEN r.kind < 0.85 THEN 4 ELSE 5 END, 'f', '-',
                'h', 'p'
            FROM (SELECT random() AS kind, 1 + (g * 7919) % ? AS i FROM generate_series(1::bigint, ?) g) r
            JOIN sinusnode.made_up p ON p.i = r.i
            """;
    private static final String LINKS = """
            INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)
            SELECT p.id, ?, 'COVERAGE', 'Coverage', gen_random_uuid(), '2020-01-01Z' FROM sinusnode.made_up p WHERE %s
            """;
    private static final String PERMITS = """
            INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization, purpose,
                labels, valid_from)
            SELECT p.id, gen_random_uuid(), 1, 'provision', 'p', ?, 'HPAYMT', '{}', '2020-01-01Z'
            FROM sinusnode.made_up p WHERE %s
            """;

    private final JdbcTemplate jdbc;

    SyntheticReadings(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    static UUID insurer(int share) {
        return new UUID(0, 0x1000 + share);
    }

    void fill(int patients, int readings) {
        jdbc.update(PATIENTS.replace("?", String.valueOf(patients)));
        // Indexes that are made behind the rows are made in a tenth of the time.
        List<String> indexes = jdbc.queryForList(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'sinusnode' AND tablename = 'vital_reading'"
                        + " AND indexname <> 'vital_reading_pkey'",
                String.class);
        jdbc.queryForList(
                        "SELECT 'DROP INDEX sinusnode.' || indexname FROM pg_indexes WHERE schemaname = 'sinusnode'"
                                + " AND tablename = 'vital_reading' AND indexname <> 'vital_reading_pkey'",
                        String.class)
                .forEach(jdbc::execute);
        jdbc.update(READINGS, patients, readings);
        indexes.forEach(jdbc::execute);
        for (int share : SHARES) {
            String condition = share == 0 ? "p.i <= " + FEW : "abs(hashint4(p.i)) % 100 < " + share;
            jdbc.update(LINKS.formatted(condition), insurer(share));
            jdbc.update(PERMITS.formatted(condition), insurer(share));
        }
        jdbc.execute("VACUUM ANALYZE");
    }

    /** How many patients permit the insurer. */
    long permitting(int share) {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM sinusnode.directive WHERE organization = ?", Long.class, insurer(share));
        return count == null ? 0 : count;
    }

    String describe() {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT format('%s readings of %s patients, %s with indexes', (SELECT count(*) FROM sinusnode.vital_reading),"
                        + " (SELECT count(*) FROM sinusnode.made_up),"
                        + " pg_size_pretty(pg_total_relation_size('sinusnode.vital_reading')))",
                String.class));
    }
}
