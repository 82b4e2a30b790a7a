package eu.sinusnode.server.erasure;

import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code sinusnode.legal_hold}, on the running transaction. */
class LegalHolds {

    private static final String PUT = """
            INSERT INTO sinusnode.legal_hold (patient, ground, since, until) VALUES (?, ?, ?, ?)
            ON CONFLICT (patient) DO UPDATE SET ground = EXCLUDED.ground, until = EXCLUDED.until
            """;

    private static final String HOLDS = """
            SELECT EXISTS (SELECT FROM sinusnode.legal_hold WHERE patient = ANY (?) AND until > ?)
            """;

    private final RunningTransaction transaction;

    LegalHolds(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** @param until exclusive; null until it is lifted */
    void put(UUID patient, HoldGround ground, Instant since, @Nullable Instant until) {
        transaction.update(PUT, patient, ground.code(), at(since), until == null ? OffsetDateTime.MAX : at(until));
    }

    void lift(UUID patient) {
        transaction.update("DELETE FROM sinusnode.legal_hold WHERE patient = ?", patient);
    }

    boolean holdsOneOf(Collection<UUID> patients, Instant now) {
        return Boolean.TRUE.equals(
                transaction.queryForObject(HOLDS, Boolean.class, patients.toArray(UUID[]::new), at(now)));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
