package eu.sinusnode.server.subscriptions.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Endpoints that have lately taken long to answer, as this node saw it. For a while nobody else is
 * sent to together with them.
 */
final class SlowEndpoints {

    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Duration FOR_A_WHILE = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Cache<URI, Boolean> slow = Caffeine.newBuilder()
            .expireAfterWrite(FOR_A_WHILE)
            .maximumSize(MOST)
            .build();

    void took(URI endpoint, long nanos) {
        if (nanos > LONG.toNanos()) {
            slow.put(endpoint, true);
        }
    }

    Set<URI> now() {
        return Set.copyOf(slow.asMap().keySet());
    }
}
