package eu.sinusnode.server.reminders;

import java.time.Instant;
import java.util.UUID;

/**
 * A plan that has to be read again.
 *
 * @param from from when its reminders are computed again: before all that has not become a Task yet
 */
record StalePlan(UUID plan, UUID patient, Instant from) {}
