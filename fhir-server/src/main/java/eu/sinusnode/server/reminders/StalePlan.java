package eu.sinusnode.server.reminders;

import eu.sinusnode.therapy.reminder.ReminderSettings;
import java.time.Instant;
import java.util.UUID;

/**
 * A plan that has to be read again.
 *
 * @param from from when its reminders are computed again: before all that has not become a Task yet
 * @param settings the patient's, now
 */
record StalePlan(UUID plan, UUID patient, Instant from, ReminderSettings settings) {}
