package eu.sinusnode.policy.subscription;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Subscription asks for, once it is understood.
 *
 * @param topic of the Backport IG; null for a classic one, which is told by a POST without a body
 * @param endpoint where a notification is posted; null when it is told on a websocket
 * @param headers that go with each notification; they hold secrets and are kept apart
 * @param content what of an event a notification says
 * @param heartbeat how long nothing may have been sent before a sign of life is; null for none
 * @param mostEvents in one notification
 */
public record SubscriptionOrder(
        @Nullable String topic,
        Criteria criteria,
        @Nullable URI endpoint,
        Map<String, String> headers,
        Content content,
        @Nullable Duration heartbeat,
        int mostEvents) {

    /** What a notification says of an event. Resources never leave by one. */
    public enum Content {
        /** That something happened. */
        EMPTY,
        /** Which record it was. */
        ID_ONLY
    }

    public SubscriptionOrder {
        headers = Map.copyOf(headers);
    }

    /** The same without what is secret. */
    public SubscriptionOrder withoutHeaders() {
        return withHeaders(Map.of());
    }

    public SubscriptionOrder withHeaders(Map<String, String> others) {
        return new SubscriptionOrder(topic, criteria, endpoint, others, content, heartbeat, mostEvents);
    }

    /** Names of the headers. */
    public List<String> headerNames() {
        return headers.keySet().stream().sorted().toList();
    }
}
