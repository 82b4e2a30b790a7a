package eu.sinusnode.server.audit.reading;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which AuditEvents are asked for; what is null or empty does not restrict. Values of one list are alternatives.
 *
 * @param from first instant of {@code recorded}
 * @param to last instant of {@code recorded}
 * @param type codes, or {@code system|code}; subtypes likewise
 * @param clients OAuth client ids
 * @param agents references ({@code Practitioner/…}) or identifiers of those who acted
 * @param agentNames beginnings of AuditEvent.agent.name
 * @param patient id of the patient concerned
 * @param entities references of records; those of a patient's records are found together with {@code patient} only
 * @param ascending oldest first
 * @param count how many at most; events recorded in the same millisecond as the last one come along
 */
record AuditQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        List<String> type,
        List<String> subtype,
        List<String> action,
        List<String> outcome,
        List<String> clients,
        List<String> agents,
        List<String> agentNames,
        @Nullable String patient,
        List<String> entities,
        List<String> requestIds,
        boolean ascending,
        int count) {

    static AuditQuery between(@Nullable Instant from, @Nullable Instant to, int count) {
        List<String> any = List.of();
        return new AuditQuery(from, to, any, any, any, any, any, any, any, null, any, any, false, count);
    }
}
