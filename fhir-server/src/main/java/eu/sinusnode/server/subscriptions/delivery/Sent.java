package eu.sinusnode.server.subscriptions.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What became of a notification.
 *
 * @param problem a sentence without content of any record; null when it was taken
 */
record Sent(
        Outgoing notification, Outcome outcome, @Nullable String problem) {

    enum Outcome {
        TAKEN,
        PERHAPS,
        NOT_AT_ALL
    }
}
