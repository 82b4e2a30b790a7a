package eu.sinusnode.server.limits;

import eu.sinusnode.server.configuration.SlowClientProperties;
import java.time.Duration;

/**
 * How fast a client must send, and take.
 *
 * @param grace how long it may keep the server waiting whatever comes of it
 * @param bytesPerSecond beyond that, at least so many on the average
 */
record Pace(Duration grace, long bytesPerSecond) {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    static Pace of(SlowClientProperties slow) {
        return new Pace(slow.grace(), slow.bytesPerSecond().toBytes());
    }

    /** @param waited nanoseconds in which the server did nothing but wait for these bytes */
    boolean isKept(long waited, long bytes) {
        return waited <= grace.toNanos() + (double) bytes / bytesPerSecond * SECOND;
    }
}
