package eu.sinusnode.benchmarks.reminders;

import eu.sinusnode.benchmarks.madeup.RowCopies;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Active plans of made-up patients as the server keeps them once it has read them: two prescriptions, pressure, weight, heart rate and
 * walking, begun on one of the last 84 days.
 */
final class MadeUpPlans {

    /** Daily or weekly, and how often. */
    private record Asked(String type, String name, int times, String unit) {

        String insert() {
            return """
                    INSERT INTO sinusnode.reminder_activity (plan, record, part, name, timing)
                    SELECT p.plan, '%s/' || gen_random_uuid(), 0, '%s', '{"repeat":{"boundsPeriod":{"start":"'
                        || to_char(p.begins, 'YYYY-MM-DD') || '","end":"' || to_char(p.begins + interval '84 days', 'YYYY-MM-DD')
                        || '"},"frequency":%d,"period":1,"periodUnit":"%s"}}'
                    FROM sinusnode.reminder_plan p
                    """.formatted(type, name, times, unit);
        }
    }

    private static final List<Asked> ASKED = List.of(
            new Asked("MedicationRequest", "Bisoprolol 2.5 mg", 1, "d"),
            new Asked("MedicationRequest", "Apixaban 5 mg", 2, "d"),
            new Asked("ServiceRequest", "Blood pressure", 2, "d"),
            new Asked("ServiceRequest", "Heart rate", 1, "d"),
            new Asked("ServiceRequest", "Body weight", 1, "wk"),
            new Asked("ServiceRequest", "Walking", 5, "wk"));

    private final RowCopies rows;

    MadeUpPlans(Connection connection) {
        this.rows = new RowCopies(connection);
    }

    /** None of them has its turn before {@link #begin}. */
    void fill(int plans) throws SQLException {
        forget();
        rows.execute("""
                INSERT INTO sinusnode.reminder_plan (plan, patient, organization, begins, ends, stale, planned_until)
                SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), b.begins, b.begins + interval '84 days',
                    false, 'infinity'
                FROM (SELECT date_trunc('day', now()) - (g %% 84) * interval '1 day' AS begins
                    FROM generate_series(1, %d) g) b
                """.formatted(plans));
        for (Asked asked : ASKED) {
            rows.execute(asked.insert());
        }
        rows.execute("VACUUM ANALYZE sinusnode.reminder_plan, sinusnode.reminder_activity");
    }

    /** From now on the server computes what is due within its horizon. */
    void begin() throws SQLException {
        rows.execute("UPDATE sinusnode.reminder_plan SET planned_until = now()");
    }

    long without() throws SQLException {
        return number("SELECT count(*) FROM sinusnode.reminder_plan WHERE planned_until < now() + interval '24 hours'"
                + " AND planned_until < ends");
    }

    long reminders() throws SQLException {
        return number("SELECT count(*) FROM sinusnode.reminder");
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(rows.single(query));
    }

    void forget() throws SQLException {
        rows.execute("TRUNCATE sinusnode.reminder, sinusnode.reminder_activity, sinusnode.reminder_plan");
    }
}
