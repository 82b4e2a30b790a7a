package eu.sinusnode.server.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long the request of a thread may still be worked on. Time in which the server waits for the client, for more of a
 * body or until an answer is taken, does not count. A thread that works for no request has no limit.
 */
public final class RequestTime {

    private final LongSupplier nanos;
    private final ThreadLocal<Deadline> deadlines = new ThreadLocal<>();

    /** @param nanos nanoseconds from any origin */
    public RequestTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void begin(Duration limit) {
        deadlines.set(new Deadline(nanos, limit));
    }

    void end() {
        deadlines.remove();
    }

    /** Of this thread's request. */
    public Optional<Deadline> deadline() {
        return Optional.ofNullable(deadlines.get());
    }

    /** Whether this thread's request has had its time. */
    public boolean isOver() {
        return deadline().map(Deadline::isOver).orElse(false);
    }
}
