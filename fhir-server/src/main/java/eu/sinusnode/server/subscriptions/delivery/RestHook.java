package eu.sinusnode.server.subscriptions.delivery;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.server.outbound.NotSentException;
import eu.sinusnode.server.outbound.OutboundException;
import eu.sinusnode.server.outbound.OutboundHttp;
import eu.sinusnode.server.residency.EndpointRegistry;
import eu.sinusnode.server.subscriptions.Notifications;
import eu.sinusnode.server.subscriptions.StoredSubscription;
import eu.sinusnode.server.subscriptions.delivery.Sent.Outcome;
import java.net.URI;
import java.util.Objects;

/** A POST to an endpoint that is registered; an answer of 2xx is the receipt. */
final class RestHook implements Channel {

    private final OutboundHttp http;
    private final EndpointRegistry endpoints;
    private final Notifications notifications;
    private final SlowEndpoints slow;

    RestHook(OutboundHttp http, EndpointRegistry endpoints, Notifications notifications, SlowEndpoints slow) {
        this.http = http;
        this.endpoints = endpoints;
        this.notifications = notifications;
        this.slow = slow;
    }

    @Override
    public Decision decide(StoredSubscription subscription) {
        return endpoints.decide(endpoint(subscription));
    }

    @Override
    public Sent send(Outgoing notification) {
        Due due = notification.due();
        URI endpoint = endpoint(due.subscription());
        long began = System.nanoTime();
        try {
            OutboundHttp.Answer answer = http.post(
                    endpoint,
                    due.headers(),
                    "application/fhir+json",
                    notifications.body(
                            due.subscription(), notification.kind(), notification.last(), notification.told()));
            return answer.status() >= 200 && answer.status() < 300
                    ? new Sent(notification, Outcome.TAKEN, null)
                    : new Sent(notification, Outcome.PERHAPS, "The endpoint answered " + answer.status() + ".");
        } catch (NotSentException e) {
            return new Sent(notification, Outcome.NOT_AT_ALL, "The endpoint cannot be reached.");
        } catch (OutboundException e) {
            return new Sent(notification, Outcome.PERHAPS, "The endpoint did not answer in time, or not in HTTP.");
        } finally {
            slow.took(endpoint, System.nanoTime() - began);
        }
    }

    private static URI endpoint(StoredSubscription subscription) {
        return Objects.requireNonNull(subscription.order().endpoint());
    }
}
