package eu.sinusnode.server.subscriptions.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in the outbox.
 *
 * @param event place in the outbox
 * @param record id of the record that was created or updated
 * @param number under which it was sent, or was about to be; null before
 */
record OutboxEvent(
        long event, UUID record, Instant occurred, @Nullable Long number) {}
