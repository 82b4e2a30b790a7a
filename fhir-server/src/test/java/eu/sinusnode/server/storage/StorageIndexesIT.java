package eu.sinusnode.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Every index of the tables that a vital sign has rows in, by its columns. A release of HAPI that brings one back, or a new
 * one, fails here: each costs every vital sign bytes and time, so who adds one says who reads it (ADR 75).
 */
class StorageIndexesIT {

    private static final List<String> INDEXES = List.of(
            "hfj_res_link UNIQUE (pid)",
            "hfj_res_link (src_resource_id)",
            "hfj_res_link (target_resource_id, src_path)",
            "hfj_res_link (target_resource_url, src_path) WHERE (target_resource_url IS NOT NULL)",
            "hfj_res_ver UNIQUE (pid)",
            "hfj_res_ver UNIQUE (res_id, res_ver)",
            "hfj_res_ver (res_type, res_updated)",
            "hfj_res_ver (source_uri, res_id) WHERE (source_uri IS NOT NULL)",
            "hfj_resource UNIQUE (fhir_id, res_type)",
            "hfj_resource UNIQUE (res_id)",
            "hfj_resource (res_id, res_updated)",
            "hfj_resource (res_type, res_updated) WHERE (res_deleted_at IS NULL)",
            "hfj_spidx_date UNIQUE (sp_id)",
            "hfj_spidx_date (hash_identity, sp_value_high)",
            "hfj_spidx_date (hash_identity, sp_value_high_date_ordinal)",
            "hfj_spidx_date (hash_identity, sp_value_low)",
            "hfj_spidx_date (hash_identity, sp_value_low_date_ordinal)",
            "hfj_spidx_date (res_id)",
            "hfj_spidx_quantity UNIQUE (sp_id)",
            "hfj_spidx_quantity (hash_identity, sp_value)",
            "hfj_spidx_quantity (hash_identity_and_units, sp_value)",
            "hfj_spidx_quantity (res_id)",
            "hfj_spidx_token UNIQUE (sp_id)",
            "hfj_spidx_token (hash_identity)",
            "hfj_spidx_token (hash_sys)",
            "hfj_spidx_token (hash_sys_and_value, res_id)",
            "hfj_spidx_token (hash_value)",
            "hfj_spidx_token (res_id)");

    private static final TestDatabase DATABASE = TestPostgres.emptyDatabase();
    private static final DataSource DATA_SOURCE =
            new DriverManagerDataSource(DATABASE.url(), DATABASE.username(), DATABASE.password());

    private final JdbcTemplate jdbc = new JdbcTemplate(DATA_SOURCE);

    @BeforeAll
    static void migrate() {
        Schema.migrate(DATA_SOURCE);
    }

    @Test
    void aNewDatabaseHasThese() {
        assertThat(indexes()).containsExactlyInAnyOrderElementsOf(INDEXES);
    }

    /** One from before has HAPI's indexes and none of ours, and its rows. */
    @Test
    void aDatabaseFromBeforeIsGivenThem() {
        jdbc.execute("DROP INDEX public.sn_token_record");
        jdbc.execute("DROP INDEX public.sn_idx_res_type_fhir_id");
        jdbc.execute("CREATE INDEX idx_sp_token_resid_v2 ON public.hfj_spidx_token (res_id, hash_sys_and_value)");
        jdbc.execute("ALTER TABLE public.hfj_resource ADD CONSTRAINT idx_res_type_fhir_id UNIQUE (res_type, fhir_id)");
        jdbc.execute("CREATE INDEX idx_res_fhir_id ON public.hfj_resource (fhir_id)");
        jdbc.update("DELETE FROM sinusnode.flyway_schema_history WHERE version IS NULL AND script LIKE 'R\\_\\_%'");

        Schema.migrate(DATA_SOURCE);

        assertThat(indexes()).containsExactlyInAnyOrderElementsOf(INDEXES);
    }

    /** This version would read its rules without what limits them. */
    @Test
    void aDatabaseOfANewerVersionIsRefused() {
        jdbc.update("""
                INSERT INTO sinusnode.flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                SELECT max(installed_rank) + 1, '9999', 'newer', 'SQL', 'V9999__newer.sql', 1, 'x', 0, TRUE
                FROM sinusnode.flyway_schema_history
                """);
        try {
            assertThatThrownBy(() -> Schema.migrate(DATA_SOURCE))
                    .isInstanceOf(FlywayException.class)
                    .hasMessageContaining("9999");
        } finally {
            jdbc.update("DELETE FROM sinusnode.flyway_schema_history WHERE version = '9999'");
        }
    }

    /** HAPI tells a taken id by the name of the index that refuses it. */
    @Test
    void whatRefusesATakenIdIsKnownToTheStorageByItsName() {
        assertThat(jdbc.queryForList(
                        "SELECT upper(indexname) FROM pg_indexes WHERE indexdef LIKE '%(fhir_id, res_type)'",
                        String.class))
                .singleElement()
                .asString()
                .contains("IDX_RES_TYPE_FHIR_ID");
    }

    private List<String> indexes() {
        return jdbc.queryForList(
                "SELECT tablename || CASE WHEN indexdef LIKE 'CREATE UNIQUE%' THEN ' UNIQUE ' ELSE ' ' END"
                        + " || substring(indexdef FROM 'USING btree (.*)') FROM pg_indexes WHERE schemaname = 'public'"
                        + " AND tablename IN ('hfj_resource', 'hfj_res_ver', 'hfj_spidx_token', 'hfj_spidx_date',"
                        + " 'hfj_spidx_quantity', 'hfj_res_link')",
                String.class);
    }
}
