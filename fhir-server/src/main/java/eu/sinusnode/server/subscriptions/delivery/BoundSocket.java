package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.server.subscriptions.Notifications;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import eu.sinusnode.server.subscriptions.delivery.Sent.Outcome;
import eu.sinusnode.server.subscriptions.sockets.Sockets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A text on the websocket that is bound at this node; the pong to the ping behind it is the receipt. */
final class BoundSocket implements Channel {

    private final Sockets sockets;
    private final Notifications notifications;
    private final Duration patience;

    /** @param patience how long a client may take to take something */
    BoundSocket(Sockets sockets, Notifications notifications, Duration patience) {
        this.sockets = sockets;
        this.notifications = notifications;
        this.patience = patience;
    }

    @Override
    public Decision decide(StoredSubscription subscription) {
        return sockets.mayBeTold(subscription.id())
                ? Decision.Permit.of("websocket", "its access token stands")
                : new Decision.Deny(DenialCode.TOKEN_ENDED, "the access token of the websocket has ended");
    }

    @Override
    public Sent send(Outgoing notification) {
        StoredSubscription subscription = notification.due().subscription();
        String text = new String(
                notifications.body(subscription, notification.kind(), notification.last(), notification.told()),
                StandardCharsets.UTF_8);
        return switch (sockets.tell(subscription.id(), text, patience)) {
            case TAKEN -> new Sent(notification, Outcome.TAKEN, null);
            case PERHAPS -> new Sent(notification, Outcome.PERHAPS, "The websocket did not answer in time.");
            case NOT_AT_ALL -> new Sent(notification, Outcome.NOT_AT_ALL, "The websocket was closed.");
        };
    }
}
