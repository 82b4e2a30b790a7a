package eu.sinusnode.server.limits;

import java.util.function.LongSupplier;

/** What one request's client made the server wait for, in one direction. */
final class Waiting {

    private final Pace pace;
    private final RequestTime time;
    private final LongSupplier nanos;
    private long waited;
    private long bytes;

    Waiting(Pace pace, RequestTime time, LongSupplier nanos) {
        this.pace = pace;
        this.time = time;
        this.nanos = nanos;
    }

    long now() {
        return nanos.getAsLong();
    }

    /** @return false when the client is too slow to be waited for any longer */
    boolean add(long since, long moved) {
        long more = now() - since;
        waited += more;
        bytes += moved;
        time.deadline().ifPresent(deadline -> deadline.waited(more));
        return pace.isKept(waited, bytes);
    }
}
