package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.server.subscriptions.StoredSubscription;
import java.util.Map;

/**
 * A Subscription that has something to be done, locked until the transaction ends.
 *
 * @param headers that go with each notification
 * @param ended whether its end has come
 * @param silent whether its owner has not shown a token for too long
 * @param heartbeat whether a sign of life is due
 * @param failingSeconds how long the endpoint has been failing; 0 when it has not
 */
record Due(
        StoredSubscription subscription,
        Map<String, String> headers,
        boolean ended,
        boolean silent,
        boolean heartbeat,
        long failingSeconds) {}
