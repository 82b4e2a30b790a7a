package eu.sinusnode.server.vitals;

import java.util.Date;
import java.util.UUID;

/**
 * Ids that follow their time (RFC 9562, UUID version 7), so that new ones come to the end of each index by id instead of to
 * a page of it at random. The time is the one that the record tells itself, as its first version's.
 */
final class VitalId {

    private static final long VERSION = 7L << 12;
    private static final int PLACES = 1 << 12;

    private VitalId() {}

    /**
     * @param at of the transaction, to the millisecond
     * @param place in the transaction; beyond 4,096 they begin anew, and what is random alone tells ids apart
     */
    static UUID of(Date at, int place) {
        long random = UUID.randomUUID().getLeastSignificantBits();
        return new UUID(at.getTime() << 16 | VERSION | place % PLACES, random);
    }
}
