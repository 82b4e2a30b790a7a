package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Somebody who was erased is in the backup that was taken before; once it is restored, the list erases them again. */
class RestoredBackupIT extends RunningServer {

    /** The audit is only ever added to, and Flyway's table is no record. */
    private static final String TABLES = """
            SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
            WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'sinusnode')
                AND table_name NOT LIKE 'audit_event%' AND table_name NOT LIKE 'audit_ledger%'
                AND table_name NOT IN ('audit_day', 'flyway_schema_history', 'full_text_index')
            """;

    @Autowired
    private HikariDataSource server;

    @Test
    void whoComesBackWithABackupIsErasedAgain() {
        ErasedPerson person = new ErasedPerson("restore-vera").stored();
        ErasedPerson other = new ErasedPerson("restore-wilma").stored();
        SingleConnectionDataSource superuser = new SingleConnectionDataSource(
                server.getJdbcUrl(),
                PostgresControl.SUPERUSER,
                TestPostgres.server().password(PostgresControl.SUPERUSER),
                true);
        try {
            JdbcTemplate backup = new JdbcTemplate(superuser);
            List<String> tables = backup.queryForList(TABLES, String.class);
            backup.execute("CREATE SCHEMA backup");
            tables.forEach(table -> backup.execute("CREATE TABLE " + copy(table) + " AS TABLE " + table));
            assertThat(person.erase().status()).isEqualTo(200);

            backup.execute("SET session_replication_role = replica");
            tables.forEach(table -> backup.execute("INSERT INTO " + table + " OVERRIDING SYSTEM VALUE SELECT * FROM "
                    + copy(table) + " ON CONFLICT DO NOTHING"));
            backup.execute("DELETE FROM sinusnode.erased_person e WHERE NOT EXISTS (SELECT FROM "
                    + copy("sinusnode.erased_person") + " b WHERE b.mark = e.mark)");
            backup.execute("DROP SCHEMA backup CASCADE");
        } finally {
            superuser.destroy();
        }
        EveryTable tables = new EveryTable(database);
        assertThat(get("/Patient/" + person.id, person.token()).status())
                .as("the backup holds the person")
                .isEqualTo(200);

        assertThat(reapply()).isEqualTo("Erased once more: 1 Patients who had come back.");

        assertThat(get("/Patient/" + person.id, person.token()).status()).isEqualTo(404);
        assertThat(tables.with(List.of(person.id))).isEmpty();
        assertThat(tables.with(person.canaries())).isEmpty();
        assertThat(get("/Patient/" + other.id, other.token()).status()).isEqualTo(200);
        assertThat(reapply()).isEqualTo("Nobody who was erased is in the database.");
    }

    private String reapply() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = RightsCommand.run(
                new String[] {"reapply"},
                Map.of(
                        "SINUSNODE_HOME", Path.of("target", "server-it").toString(),
                        "SINUSNODE_DATABASE_URL", server.getJdbcUrl(),
                        "SINUSNODE_DATABASE_USERNAME", String.valueOf(server.getUsername()),
                        "SINUSNODE_DATABASE_PASSWORD", String.valueOf(server.getPassword())),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private static String copy(String table) {
        return "backup." + table.replace(".", "_").replace("\"", "");
    }
}
