package eu.sinusnode.server.limits;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When one request has had its time. Its own thread moves it; the one that ends statements looks at it. */
public final class Deadline {

    private final LongSupplier nanos;
    private final long begun;
    private volatile long waited;
    private volatile long limit;

    Deadline(LongSupplier nanos, Duration limit) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.limit = limit.toNanos();
    }

    /** The request turned out to be one that may take longer, counted from its beginning. */
    void extendTo(Duration longer) {
        limit = Math.max(limit, longer.toNanos());
    }

    /** Its client kept the server waiting. Called by the request's own thread alone. */
    void waited(long more) {
        waited = waited + more;
    }

    /** Nanoseconds; 0 or less when it is over. */
    public long left() {
        return limit - (nanos.getAsLong() - begun - waited);
    }

    public boolean isOver() {
        return left() <= 0;
    }
}
