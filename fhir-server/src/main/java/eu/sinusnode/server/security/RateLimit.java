package eu.sinusnode.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * So many of something a minute for each key: a bucket that refills steadily. Keys that have not been seen for a while are
 * forgotten, when their buckets are full again anyway; memory is bounded.
 */
final class RateLimit {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int KEYS = 100_000;

    private final int perMinute;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;
    private final Cache<String, Boolean> told;

    /** @param time nanoseconds from any origin, so that tests need not wait */
    RateLimit(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .ticker(time::currentTimeNanos)
                .build();
        this.told = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterWrite(MINUTE)
                .ticker(time::currentTimeNanos)
                .build();
    }

    /**
     * Counts one.
     *
     * @return seconds to wait, or 0 when there was room
     */
    long spend(String key) {
        return seconds(bucket(key).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** As {@link #spend}, without counting. */
    long lookAt(String key) {
        return seconds(bucket(key).estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** Whether a refusal of this key is the first one in a minute: a flood must not become a flood of audit events. */
    boolean isNews(String key) {
        return told.asMap().putIfAbsent(key, Boolean.TRUE) == null;
    }

    private Bucket bucket(String key) {
        return buckets.get(key, unseen -> Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .withCustomTimePrecision(time)
                .build());
    }

    private static long seconds(long nanos) {
        return nanos <= 0 ? 0 : (nanos + 999_999_999L) / 1_000_000_000L;
    }
}
