package eu.sinusnode.server.audit.chain;

import eu.sinusnode.server.audit.crypto.AuditKey;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the chain of one day stands; a row of {@code sinusnode.audit_day}.
 *
 * @param genesis where the day's chain begins: it follows from the day before
 * @param events how many were stored that day
 * @param head the chain after the last of them
 * @param dropped when the events were dropped after their retention, or null
 * @param kid audit key of the seal
 * @param seal HMAC of all the others
 */
public record ChainDay(
        LocalDate day,
        @Nullable LocalDate previous,
        byte[] genesis,
        long events,
        byte[] head,
        boolean closed,
        @Nullable Instant dropped,
        String kid,
        byte[] seal) {

    private static final String USE = "seal of days";

    /** The first day there is. */
    public static ChainDay first(LocalDate day, AuditKey key) {
        return begin(day, null, new byte[0], key);
    }

    /** The day after this one on which events are stored. */
    public ChainDay next(LocalDate day, AuditKey key) {
        if (!day.isAfter(this.day)) {
            throw new IllegalArgumentException("Days of the chain go forward only.");
        }
        return begin(day, this.day, head, key);
    }

    private static ChainDay begin(LocalDate day, @Nullable LocalDate previous, byte[] head, AuditKey key) {
        byte[] genesis = genesis(day, previous, head);
        return sealed(day, previous, genesis, 0, genesis, false, null, key);
    }

    public static byte[] genesis(LocalDate day, @Nullable LocalDate previous, byte[] headOfPrevious) {
        return Digests.sha256(new Digests.Layout("sinusnode audit day 1")
                .day(day)
                .day(previous)
                .bytes(headOfPrevious)
                .toBytes());
    }

    /** The chain after an event with this commitment. */
    public static byte[] link(byte[] before, byte[] commitment) {
        return Digests.sha256(before, commitment);
    }

    public ChainDay grown(long events, byte[] head, AuditKey key) {
        return sealed(day, previous, genesis, events, head, closed, dropped, key);
    }

    public ChainDay close(AuditKey key) {
        return sealed(day, previous, genesis, events, head, true, dropped, key);
    }

    /** The instant is sealed as it is stored: the database would round it, and the seal of the row would not hold. */
    public ChainDay drop(Instant when, AuditKey key) {
        return sealed(day, previous, genesis, events, head, true, when.truncatedTo(ChronoUnit.MILLIS), key);
    }

    /** Whether this row is as the server left it. */
    public boolean sealHolds(AuditKeys keys) {
        return keys.find(kid)
                .map(key ->
                        MessageDigest.isEqual(seal, seal(day, previous, genesis, events, head, closed, dropped, key)))
                .orElse(false);
    }

    private static ChainDay sealed(
            LocalDate day,
            @Nullable LocalDate previous,
            byte[] genesis,
            long events,
            byte[] head,
            boolean closed,
            @Nullable Instant dropped,
            AuditKey key) {
        byte[] seal = seal(day, previous, genesis, events, head, closed, dropped, key);
        return new ChainDay(day, previous, genesis, events, head, closed, dropped, key.kid(), seal);
    }

    private static byte[] seal(
            LocalDate day,
            @Nullable LocalDate previous,
            byte[] genesis,
            long events,
            byte[] head,
            boolean closed,
            @Nullable Instant dropped,
            AuditKey key) {
        return key.mac(
                USE,
                new Digests.Layout("sinusnode audit seal 1")
                        .day(day)
                        .day(previous)
                        .bytes(genesis)
                        .number(events)
                        .bytes(head)
                        .text(Boolean.toString(closed))
                        .instant(dropped)
                        .toBytes());
    }
}
