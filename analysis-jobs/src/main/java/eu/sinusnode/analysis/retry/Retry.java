package eu.sinusnode.analysis.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Does something again after a {@link TransientFailure}, with pauses that double and vary a little, so that many workers
 * do not come back at the same moment. Any other exception passes at once.
 *
 * @param attempts in all
 * @param firstPause after the first failure; the longest is 30 seconds unless the server asks for more
 */
public record Retry(int attempts, Duration firstPause, Pause pause) {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(2);

    /** How waiting is done. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** Seven attempts over about half a minute. */
    public static Retry standard(Pause pause) {
        return new Retry(7, Duration.ofMillis(500), pause);
    }

    public Retry withAttempts(int fewerOrMore) {
        return new Retry(fewerOrMore, firstPause, pause);
    }

    /** @throws TransientFailure the last one, when no attempt succeeded */
    public <T> T run(Supplier<T> action) {
        for (int attempt = 1; ; attempt++) {
            try {
                return action.get();
            } catch (TransientFailure failure) {
                if (attempt >= attempts) {
                    throw failure;
                }
                waitBefore(attempt, failure);
            }
        }
    }

    private void waitBefore(int attempt, TransientFailure failure) {
        long doubled = firstPause.toMillis() << Math.min(attempt - 1, 16);
        long millis = Math.min(doubled, LONGEST.toMillis());
        millis += ThreadLocalRandom.current().nextLong(millis / 4 + 1);
        millis = Math.max(millis, Math.min(failure.retryAfter().toMillis(), LONGEST_ASKED.toMillis()));
        try {
            pause.of(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting to try again", e);
        }
    }
}
