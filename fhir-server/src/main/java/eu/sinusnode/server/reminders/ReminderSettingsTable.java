package eu.sinusnode.server.reminders;

import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.therapy.reminder.QuietHours;
import eu.sinusnode.therapy.reminder.ReminderSettings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;

/** {@code sinusnode.reminder_settings}, on the running transaction. */
final class ReminderSettingsTable {

    /** For a query that joins the table as {@code s} from the left; {@link #read} takes them. */
    static final String COLUMNS = "s.zone, s.quiet_from, s.quiet_until";

    private static final String OF = """
            SELECT %s FROM (VALUES (?)) AS p (patient)
            LEFT JOIN sinusnode.reminder_settings s ON s.patient = p.patient
            """.formatted(COLUMNS);

    private static final String PUT = """
            INSERT INTO sinusnode.reminder_settings (patient, zone, quiet_from, quiet_until) VALUES (?, ?, ?, ?)
            ON CONFLICT (patient) DO UPDATE SET zone = EXCLUDED.zone, quiet_from = EXCLUDED.quiet_from,
                quiet_until = EXCLUDED.quiet_until
            """;

    /** In one order, as the projection does. */
    private static final String ANEW = """
            UPDATE sinusnode.reminder_plan SET stale = true, again = '-infinity'
            WHERE plan IN (SELECT p.plan FROM sinusnode.reminder_plan p WHERE p.patient = ? ORDER BY p.plan FOR UPDATE)
            """;

    /** Whoever erases the person is waited for, and waits. */
    private static final String LOCK = """
            SELECT r.res_id FROM public.hfj_resource r
            WHERE r.res_type = 'Patient' AND r.fhir_id = ? AND r.res_deleted_at IS NULL FOR NO KEY UPDATE
            """;

    private final RunningTransaction transaction;

    ReminderSettingsTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** @return whether there is such a Patient; who else changes the settings waits until the transaction ends */
    boolean lock(UUID patient) {
        return !transaction.queryForList(LOCK, Long.class, patient.toString()).isEmpty();
    }

    /** Those of the patient, or the usual ones. */
    ReminderSettings of(UUID patient) {
        return transaction.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OF)) {
                statement.setObject(1, patient);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return read(row, 1);
                }
            }
        });
    }

    /** They hold from now on; what was computed by the former ones, and has not come yet, is computed anew. */
    void put(UUID patient, ReminderSettings settings) {
        transaction.update(
                PUT,
                patient,
                settings.zone().getId(),
                settings.quiet().from(),
                settings.quiet().until());
        transaction.update(ANEW, patient);
    }

    static ReminderSettings read(ResultSet row, int column) throws SQLException {
        String zone = row.getString(column);
        return zone == null
                ? ReminderSettings.USUAL
                : new ReminderSettings(ZoneId.of(zone), new QuietHours(time(row, column + 1), time(row, column + 2)));
    }

    private static LocalTime time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, LocalTime.class));
    }
}
