package eu.sinusnode.server.escalation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Task that waits for somebody.
 *
 * @param due exclusive
 * @param question id of the Communication that it asks to answer; null when it is no question
 */
record TaskDue(
        UUID task,
        UUID patient,
        TaskKind kind,
        Instant due,
        @Nullable UUID question) {}
