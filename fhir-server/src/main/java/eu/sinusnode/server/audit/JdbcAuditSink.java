package eu.sinusnode.server.audit;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.audit.AuditEntry;
import eu.sinusnode.policy.audit.AuditEvents;
import eu.sinusnode.policy.audit.AuditSink;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.AuditEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores AuditEvents; each is committed and on disk when the call returns, whatever becomes of the request.
 *
 * <p>It works on connections of its own. A request holds a connection of the storage already; if it needed a second one
 * of the same pool, as many requests as the pool has connections would wait for each other forever.
 */
public class JdbcAuditSink implements AuditSink {

    private static final String INSERT = """
            INSERT INTO sinusnode.audit_event (id, recorded, outcome, subtype, client, caller, patient, denial_code,
                request_id, resource)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate jdbc;
    private final FhirContext context;
    private final AuditEvents events;

    /**
     * @param audit connections that commit each statement and that take part in no transaction of a request
     * @see AuditConnections
     */
    public JdbcAuditSink(DataSource audit, FhirContext context, AuditEvents events) {
        this.jdbc = new JdbcTemplate(audit);
        this.context = context;
        this.events = events;
    }

    /** @throws org.springframework.dao.DataAccessException when it is not stored; the request must fail */
    @Override
    public void record(AuditEntry entry) {
        events.render(entry).forEach(this::insert);
    }

    private void insert(AuditEvent event) {
        AuditRow row = AuditRow.of(event);
        jdbc.update(
                INSERT,
                UUID.fromString(event.getIdElement().getIdPart()),
                event.getRecorded().toInstant().atOffset(ZoneOffset.UTC),
                row.outcome(),
                row.subtype(),
                row.client(),
                row.caller(),
                row.patient(),
                row.denialCode(),
                row.requestId(),
                context.newJsonParser().encodeResourceToString(event));
    }
}
