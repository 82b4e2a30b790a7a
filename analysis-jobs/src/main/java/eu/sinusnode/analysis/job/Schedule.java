package eu.sinusnode.analysis.job;

import eu.sinusnode.analysis.retry.Retry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Runs again and again, one run at a time: each begins when the pause since the last one's beginning is over, or at once
 * when that lasted longer. After a failure the next try comes within a minute and goes on with what is not finished.
 *
 * @param every from the beginning of a run to that of the next
 * @param pause ends with an InterruptedException when there shall be no further run
 */
public record Schedule(Duration every, Retry.Pause pause, Clock clock) {

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    /** One run. */
    @FunctionalInterface
    public interface Attempt {

        /** @return whether it was written whole; why not it has told itself */
        boolean run();
    }

    /** Returns when there shall be no further run. */
    public void repeat(Attempt attempt) {
        try {
            while (true) {
                Instant begun = clock.instant();
                boolean whole = attempt.run();
                pause.of(whole ? untilNext(begun) : shorter(every, AFTER_FAILURE));
            }
        } catch (InterruptedException stopped) {
            // There is nobody left to whom an interruption would have to be passed on: this is how it ends.
            return;
        }
    }

    private Duration untilNext(Instant begun) {
        Duration left = Duration.between(clock.instant(), begun.plus(every));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
