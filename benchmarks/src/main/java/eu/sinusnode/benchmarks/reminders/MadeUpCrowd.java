package eu.sinusnode.benchmarks.reminders;

import eu.sinusnode.benchmarks.madeup.RowCopies;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.subscription.Criteria;
import eu.sinusnode.policy.subscription.SubscriptionOrder;
import eu.sinusnode.policy.subscription.SubscriptionOrder.Content;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.export.job.ExportJson;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies of a loaded patient with all that it permits, each with a plan that is read already. The first of them have an app each, whose
 * Subscription waits for reminders. All of them are reminded of one and the same stored order, so that no more is made up.
 */
final class MadeUpCrowd {

    private static final String PEOPLE = "sinusnode.made_up_crowd";
    private static final String TOPIC = Canonicals.BASE + "/SubscriptionTopic/task-changed";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private final RowCopies rows;

    MadeUpCrowd(Connection connection) {
        this.rows = new RowCopies(connection);
    }

    /** @param endpoint that every app is told at */
    void fill(int patients, int apps, URI endpoint) throws SQLException {
        forget();
        rows.execute("CREATE TABLE " + PEOPLE + " AS SELECT i, gen_random_uuid() AS id, gen_random_uuid() AS plan,"
                + " nextval('seq_resource_id') AS res_id FROM generate_series(1, " + patients + ") i");
        String template = rows.single("""
                SELECT patient::text FROM sinusnode.directive WHERE purpose = 'TREAT' AND effect = 'p'
                    AND organization IS NOT NULL AND resource_type IS NULL AND code IS NULL
                    AND valid_to > now() + interval '1 day' ORDER BY patient LIMIT 1""");
        String of = "s.res_id = (SELECT res_id FROM hfj_resource WHERE res_type = 'Patient' AND fhir_id = '" + template
                + "')";
        for (String copy : List.of(
                rows.statement(
                        PEOPLE, "public.hfj_resource", of, Map.of("res_id", "m.res_id", "fhir_id", "m.id::text")),
                rows.statement(
                        PEOPLE,
                        "public.hfj_res_ver",
                        of,
                        Map.of("pid", "nextval('seq_resource_history_id')", "res_id", "m.res_id")),
                rows.statement(
                        PEOPLE,
                        "sinusnode.directive",
                        "s.patient = '" + template + "'",
                        Map.of("patient", "m.id", "change_sequence", "pg_current_xact_id()::text::bigint")))) {
            rows.execute(copy);
        }
        fillPlans(template);
        fillApps(apps, endpoint);
        rows.execute("VACUUM ANALYZE");
    }

    private void fillPlans(String template) throws SQLException {
        rows.execute("""
                INSERT INTO sinusnode.reminder_plan (plan, patient, organization, stale, planned_until)
                SELECT m.plan, m.id, (SELECT organization FROM sinusnode.directive WHERE patient = '%s'
                    AND purpose = 'TREAT' AND effect = 'p' AND organization IS NOT NULL LIMIT 1), false, 'infinity' FROM %s m
                """.formatted(template, PEOPLE));
        String order = rows.single("SELECT res_type || '/' || fhir_id FROM hfj_resource WHERE res_deleted_at IS NULL"
                + " AND res_type IN ('MedicationRequest', 'ServiceRequest', 'CarePlan')"
                + " ORDER BY res_type DESC, res_id LIMIT 1");
        rows.execute("INSERT INTO sinusnode.reminder_activity (plan, record, part, name, timing)" + " SELECT plan, '"
                + order + "', 0, 'Body weight', '{}' FROM " + PEOPLE);
    }

    private void fillApps(int apps, URI endpoint) throws SQLException {
        Caller app = new Caller(
                CallerKind.PATIENT,
                "app",
                NOBODY,
                NOBODY,
                null,
                "DE",
                null,
                Purpose.PATRQT,
                "Patient/" + NOBODY,
                NOBODY,
                Scopes.parse("patient/Task.rs patient/Subscription.crsd"),
                Set.of());
        SubscriptionOrder order = new SubscriptionOrder(
                TOPIC,
                new Criteria("Task", Map.of("patient", Set.of(NOBODY), "status", Set.of("requested"))),
                endpoint,
                Map.of(),
                Content.ID_ONLY,
                null,
                1);
        rows.execute("""
                INSERT INTO sinusnode.subscription (subscription, owner, caller, resource, rules, state, due)
                SELECT gen_random_uuid(), m.id::text, replace('%s', '%s', m.id::text), '{"resourceType":"Subscription"}',
                    replace('%s', '%s', m.id::text), 'active', now() FROM %s m WHERE m.i <= %d
                """.formatted(ExportJson.write(app), NOBODY, ExportJson.write(order), NOBODY, PEOPLE, apps));
    }

    /** One reminder each, at the same moment. */
    void remind(Instant due) throws SQLException {
        rows.execute("""
                INSERT INTO sinusnode.reminder (reminder, plan, record, part, planned, due, until)
                SELECT gen_random_uuid(), a.plan, a.record, a.part, '%1$s', '%1$s', timestamptz '%1$s' + interval '1 day'
                FROM sinusnode.reminder_activity a JOIN %2$s m ON m.plan = a.plan
                """.formatted(due, PEOPLE));
    }

    long notMade() throws SQLException {
        return Long.parseLong(rows.single("SELECT count(*) FROM sinusnode.reminder WHERE NOT made"));
    }

    private void forget() throws SQLException {
        rows.execute("DROP TABLE IF EXISTS " + PEOPLE);
        rows.execute("TRUNCATE sinusnode.reminder, sinusnode.reminder_activity, sinusnode.reminder_plan,"
                + " sinusnode.subscription, sinusnode.subscription_event");
    }
}
