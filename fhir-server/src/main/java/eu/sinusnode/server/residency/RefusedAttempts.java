package eu.sinusnode.server.residency;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.server.audit.reading.StoredSoFar;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How often callers, and endpoints that they named, were refused for where they are, as the audit has it: of all nodes, whoever they were. */
final class RefusedAttempts {

    private static final List<DenialCode> CODES =
            List.of(DenialCode.RESIDENCY, DenialCode.RESIDENCY_UNKNOWN, DenialCode.RESIDENCY_ENDPOINT);

    /** An event is stored on the day it was recorded or later; the other day is for clocks that differ. */
    private static final String COUNT = """
            SELECT count(*) FROM sinusnode.audit_event WHERE denial_code = ? AND recorded >= ? AND day >= ?
            """;

    private final JdbcTemplate jdbc;
    private final StoredSoFar storedSoFar;

    RefusedAttempts(DataSource dataSource, StoredSoFar storedSoFar) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.storedSoFar = storedSoFar;
    }

    /** By code; a code that never came has 0. */
    Map<String, Long> since(Instant from) {
        storedSoFar.await();
        Map<String, Long> counts = new TreeMap<>();
        for (DenialCode code : CODES) {
            Long count = jdbc.queryForObject(
                    COUNT,
                    Long.class,
                    code.code(),
                    from.atOffset(ZoneOffset.UTC),
                    from.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1));
            counts.put(code.code(), count == null ? 0 : count);
        }
        return counts;
    }
}
