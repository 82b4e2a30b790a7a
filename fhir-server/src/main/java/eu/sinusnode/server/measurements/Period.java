package eu.sinusnode.server.measurements;

import java.time.Instant;

/**
 * From when until when was measured what is asked for.
 *
 * @param start inclusive
 * @param end exclusive
 */
record Period(Instant start, Instant end) {

    boolean contains(Instant at) {
        return !at.isBefore(start) && at.isBefore(end);
    }
}
