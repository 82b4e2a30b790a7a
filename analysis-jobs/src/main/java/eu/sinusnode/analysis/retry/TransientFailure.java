package eu.sinusnode.analysis.retry;

import java.time.Duration;

/** Something failed that may succeed when done again: the server is busy or away, or an answer was cut off. */
public final class TransientFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public TransientFailure(String message) {
        this(message, Duration.ZERO);
    }

    /** @param retryAfter how long the server asks to wait at least; zero when it does not say */
    public TransientFailure(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public TransientFailure(String message, Throwable cause) {
        super(message, cause);
        this.retryAfter = Duration.ZERO;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
