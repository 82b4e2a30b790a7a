package eu.sinusnode.server.reminders;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code sinusnode.reminder} that is to become a Task.
 *
 * @param name what the patient is reminded of
 * @param known whether there is, or was, a Task of this id
 * @param permitted whether the patient permits it now
 */
record PlannedReminder(
        UUID id,
        UUID plan,
        UUID patient,
        String record,
        String name,
        Instant planned,
        Instant due,
        Instant until,
        boolean known,
        boolean permitted) {}
