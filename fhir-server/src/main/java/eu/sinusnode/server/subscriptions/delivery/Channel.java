package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.server.subscriptions.StoredSubscription;

/** A way to whoever subscribed. */
interface Channel {

    /** Whether something may go this way now, whatever it is. */
    Decision decide(StoredSubscription subscription);

    /** Waits for the receipt. */
    Sent send(Outgoing notification);
}
