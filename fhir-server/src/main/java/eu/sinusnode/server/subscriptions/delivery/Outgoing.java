package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.server.subscriptions.Notifications.Kind;
import eu.sinusnode.server.subscriptions.Notifications.Told;
import java.util.List;
import java.util.Set;

/**
 * A notification that is about to leave.
 *
 * @param permitted what it tells of, in the order in which it does; none of a handshake or a sign of life
 * @param told the same, as the receiver sees it
 * @param given events whose number is a new one
 */
record Outgoing(Due due, Kind kind, List<Permitted> permitted, List<Told> told, Set<Long> given) {

    /**
     * An event that may be told.
     *
     * @param permit why
     */
    record Permitted(OutboxEvent event, String path, RecordFacts facts, Decision.Permit permit) {}

    static Outgoing of(Due due, Kind kind) {
        return new Outgoing(due, kind, List.of(), List.of(), Set.of());
    }

    List<Long> events() {
        return permitted.stream().map(each -> each.event().event()).toList();
    }

    /** The number of the last event that the receiver knows of once it has taken this. */
    long last() {
        return told.isEmpty()
                ? due.subscription().told()
                : told.get(told.size() - 1).number();
    }
}
