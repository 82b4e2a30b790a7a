package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkWorld;
import eu.sinusnode.server.postgres.PostgresControl;
import eu.sinusnode.server.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
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
    void whoComesBackWithABackupIsErasedAgain() throws IOException {
        Files.deleteIfExists(HOME.resolve("rights/consents"));
        Files.deleteIfExists(HOME.resolve("rights/restrictions"));
        ErasedPerson person = new ErasedPerson("restore-vera").stored();
        ErasedPerson other = new ErasedPerson("restore-wilma").stored();
        SingleConnectionDataSource superuser = superuser();
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

    /** A backup that was taken before a Consent was withdrawn, and before a record was restricted. */
    @Test
    void whatWasClosedSinceTheBackupIsClosedAgain() throws IOException {
        String withdrawn = open("restore-withdrawn");
        String restricted = open("restore-restricted");
        String other = open("restore-other");
        String clinician = WalkWorld.token(CallerKind.CLINICIAN);
        List<String> permits = directives(withdrawn);
        Consent consent = WalkWorld.consent(Records.id("restore-withdrawn-consent"), withdrawn);
        consent.setStatus(ConsentState.INACTIVE);
        assertThat(put("/Consent/" + Records.id("restore-withdrawn-consent"), TOKENS.patient(withdrawn), consent)
                        .status())
                .isEqualTo(200);
        Parameters ground = new Parameters();
        ground.addParameter("patient", new Reference("Patient/" + restricted));
        ground.addParameter("ground", new CodeType("objection"));
        assertThat(post("/Patient/" + restricted + "/$restrict", TOKENS.loader(), ground)
                        .status())
                .isEqualTo(200);
        assertThat(reapply()).as("nothing is missing").isEqualTo("Nobody who was erased is in the database.");

        restore(Records.id("restore-withdrawn-consent"), permits, restricted);
        for (String patient : List.of(withdrawn, restricted, other)) {
            assertThat(get("/Patient/" + patient, clinician).status())
                    .as("the backup opens it")
                    .isEqualTo(200);
        }

        assertThat(reapply())
                .contains(
                        "Restricted once more: Patient/" + restricted,
                        "Nothing is permitted any more, since Consents are missing; to be asked: Patient/" + withdrawn)
                .doesNotContain(other);
        assertThat(get("/Patient/" + withdrawn, clinician).status()).isEqualTo(404);
        assertThat(get("/Patient/" + restricted, clinician).status()).isEqualTo(404);
        assertThat(get("/Patient/" + other, clinician).status()).isEqualTo(200);
        assertThat(get("/Patient/" + withdrawn, TOKENS.patient(withdrawn)).status())
                .isEqualTo(200);
        assertThat(Files.readString(HOME.resolve("rights/consents"))).doesNotContain(withdrawn);
        assertThat(reapply()).isEqualTo("Nobody who was erased is in the database.");
    }

    /** A patient who permits the clinic everything, and nothing on the list of before. */
    private String open(String name) throws IOException {
        Files.deleteIfExists(HOME.resolve("rights/consents"));
        Files.deleteIfExists(HOME.resolve("rights/restrictions"));
        load(Records.household(name));
        load(Records.transaction(WalkWorld.consent(Records.id(name + "-consent"), Records.id(name))));
        return Records.id(name);
    }

    private List<String> directives(String patient) {
        return database.queryForList(
                "SELECT to_jsonb(d)::text FROM sinusnode.directive d WHERE d.patient = ?",
                String.class,
                UUID.fromString(patient));
    }

    /** The rows as they were before. */
    private void restore(String consent, List<String> permits, String restricted) {
        SingleConnectionDataSource superuser = superuser();
        try {
            JdbcTemplate backup = new JdbcTemplate(superuser);
            backup.execute("SET session_replication_role = replica");
            backup.update(
                    "DELETE FROM public.hfj_res_ver v USING public.hfj_resource r WHERE r.res_id = v.res_id"
                            + " AND r.res_type = 'Consent' AND r.fhir_id = ? AND v.res_ver = 2",
                    consent);
            backup.update(
                    "UPDATE public.hfj_resource SET res_ver = 1 WHERE res_type = 'Consent' AND fhir_id = ?", consent);
            permits.forEach(permit -> backup.update(
                    "INSERT INTO sinusnode.directive OVERRIDING SYSTEM VALUE"
                            + " SELECT * FROM jsonb_populate_record(NULL::sinusnode.directive, ?::jsonb)",
                    permit));
            backup.update("DELETE FROM sinusnode.restriction WHERE patient = ?", UUID.fromString(restricted));
        } finally {
            superuser.destroy();
        }
    }

    private SingleConnectionDataSource superuser() {
        return new SingleConnectionDataSource(
                server.getJdbcUrl(),
                PostgresControl.SUPERUSER,
                TestPostgres.server().password(PostgresControl.SUPERUSER),
                true);
    }

    private String reapply() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = RightsCommand.run(
                new String[] {"reapply"},
                Map.of(
                        "SINUSNODE_HOME", HOME.toString(),
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
