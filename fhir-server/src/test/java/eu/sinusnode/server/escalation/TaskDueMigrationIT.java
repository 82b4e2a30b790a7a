package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.postgres.TestPostgres;
import eu.sinusnode.server.postgres.TestPostgres.TestDatabase;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Questions from before they were escalated wait, too, and sign-offs go on waiting. */
class TaskDueMigrationIT {

    private static final String PATIENT = UUID.randomUUID().toString();

    private final TestDatabase database = TestPostgres.emptyDatabase();
    private final JdbcTemplate jdbc =
            new JdbcTemplate(new DriverManagerDataSource(database.url(), database.username(), database.password()));
    private int number;

    @Test
    void whatNobodyHasTakenUpOrAnsweredWaits() {
        migrate("40");
        String signOff = UUID.randomUUID().toString();
        jdbc.update(
                "INSERT INTO sinusnode.sign_off_due (task, patient, due, look_at)"
                        + " VALUES (?::uuid, ?::uuid, '2026-11-30T23:00:00Z', '2026-11-30T23:10:00Z')",
                signOff,
                PATIENT);
        jdbc.execute("CREATE TABLE public.hfj_resource (res_id bigint, res_type text, fhir_id text, res_ver bigint,"
                + " res_deleted_at timestamptz)");
        jdbc.execute(
                "CREATE TABLE public.hfj_res_ver (res_id bigint, res_ver bigint, res_encoding text, res_text_vc text)");
        String open = question("requested", "stat", UUID.randomUUID().toString());
        question("accepted", "stat", UUID.randomUUID().toString());
        String answered = UUID.randomUUID().toString();
        String answeredTask = question("received", "urgent", answered);
        String answer = reply("completed", "Practitioner/p", answered);
        String addedTo = UUID.randomUUID().toString();
        String addedToTask = question("requested", "asap", addedTo);
        reply("completed", "Patient/" + PATIENT, addedTo);
        reply("preparation", "Practitioner/p", addedTo);

        migrate("42");

        assertThat(jdbc.queryForList("""
                        SELECT concat_ws(' ', task, kind, to_char(due AT TIME ZONE 'UTC', 'MM-DD HH24:MI:SS'),
                            to_char(look_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI:SS'), answer)
                        FROM sinusnode.task_due WHERE patient = ?::uuid
                        """, String.class, PATIENT))
                .containsExactlyInAnyOrder(
                        signOff + " sign-off 11-30 23:00:00 11-30 23:10:00",
                        open + " patient-question 11-28 22:50:07 11-28 22:50:07",
                        answeredTask + " patient-question 11-29 06:40:07 11-29 06:40:07 " + answer,
                        addedToTask + " patient-question 11-28 23:40:07 11-28 23:40:07");
    }

    private String question(String status, String priority, String communication) {
        return stored("Task", """
                {"resourceType":"Task","status":"%s","priority":"%s","authoredOn":"2026-11-28T23:40:07+01:00",
                "code":{"coding":[{"system":"https://sinusnode.eu/fhir/CodeSystem/task-code","code":"patient-question"}]},
                "focus":{"reference":"Communication/%s"},"for":{"reference":"Patient/%s"}}""".formatted(status, priority, communication, PATIENT));
    }

    private String reply(String status, String sender, String communication) {
        return stored("Communication", """
                {"resourceType":"Communication","status":"%s","sender":{"reference":"%s"},
                "inResponseTo":[{"reference":"Communication/%s"}]}""".formatted(status, sender, communication));
    }

    /** In version 2; version 1 said something else. */
    private String stored(String type, String json) {
        String id = UUID.randomUUID().toString();
        int pid = ++number;
        jdbc.update("INSERT INTO public.hfj_resource VALUES (?, ?, ?, 2, NULL)", pid, type, id);
        jdbc.update("INSERT INTO public.hfj_res_ver VALUES (?, 1, 'JSON', '{}'), (?, 2, 'JSON', ?)", pid, pid, json);
        return id;
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .schemas("sinusnode")
                .target(target)
                .load()
                .migrate();
    }
}
