package eu.sinusnode.server.audit;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code sinusnode.audit_event}. */
public class AuditEventTable {

    private final JdbcClient jdbc;
    private final FhirContext context;

    public AuditEventTable(DataSource dataSource, FhirContext context) {
        this.jdbc = JdbcClient.create(dataSource);
        this.context = context;
    }

    Optional<AuditEvent> find(UUID id) {
        return jdbc.sql("SELECT resource FROM sinusnode.audit_event WHERE id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(this::parse);
    }

    /**
     * Newest first. The page ends between two milliseconds, so that the next one can begin before its last instant and
     * neither repeat nor skip an event.
     */
    List<AuditEvent> search(AuditQuery query) {
        Conditions where = new Conditions();
        where.add("recorded >= ?", instant(query.from()));
        where.add("recorded <= ?", instant(query.to()));
        where.add("outcome = ?", query.outcome());
        where.add("subtype = ?", query.subtype());
        where.add("caller = ?", query.agent());
        where.add("patient = ?", query.patient());
        return jdbc
                .sql("SELECT resource FROM sinusnode.audit_event" + where.sql()
                        + " ORDER BY recorded DESC FETCH FIRST ? ROWS WITH TIES")
                .params(where.values)
                .param(query.count())
                .query(String.class)
                .list()
                .stream()
                .map(this::parse)
                .toList();
    }

    private AuditEvent parse(String resource) {
        return context.newJsonParser().parseResource(AuditEvent.class, resource);
    }

    private static @Nullable Object instant(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** Conditions are fixed texts; what the caller sent travels as values only. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        private void add(String text, @Nullable Object value) {
            if (value != null) {
                texts.add(text);
                values.add(value);
            }
        }

        private String sql() {
            return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
        }
    }
}
