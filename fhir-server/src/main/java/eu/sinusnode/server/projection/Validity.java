package eu.sinusnode.server.projection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants of a validity as PostgreSQL keeps them: an open end is {@code infinity}, so that a comparison needs no case for null. */
final class Validity {

    private Validity() {}

    /** What no calendar of a database holds counts as the beginning of time. */
    static OffsetDateTime from(Instant from) {
        return from.equals(Instant.MIN) ? OffsetDateTime.MIN : from.atOffset(ZoneOffset.UTC);
    }

    static OffsetDateTime to(@Nullable Instant to) {
        return to == null || to.equals(Instant.MAX) ? OffsetDateTime.MAX : to.atOffset(ZoneOffset.UTC);
    }

    static Instant readFrom(OffsetDateTime from) {
        return from.equals(OffsetDateTime.MIN) ? Instant.MIN : from.toInstant();
    }

    static @Nullable Instant readTo(OffsetDateTime to) {
        return to.equals(OffsetDateTime.MAX) ? null : to.toInstant();
    }
}
