package eu.sinusnode.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which AuditEvents are asked for; what is null does not restrict.
 *
 * @param from first instant of {@code recorded}
 * @param to last instant of {@code recorded}
 * @param count how many at most; events recorded in the same millisecond as the last one come along
 */
record AuditQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String outcome,
        @Nullable String subtype,
        @Nullable String agent,
        @Nullable String patient,
        int count) {}
