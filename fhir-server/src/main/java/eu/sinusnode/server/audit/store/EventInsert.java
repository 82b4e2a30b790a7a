package eu.sinusnode.server.audit.store;

import eu.sinusnode.server.audit.chain.EventRow;
import eu.sinusnode.server.copies.CopyText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * Adds rows to {@code sinusnode.audit_event} and {@code sinusnode.audit_ledger}, with one COPY each: PostgreSQL then neither
 * plans nor looks for the partition for each event.
 */
final class EventInsert {

    /** A row with its place in the chain. */
    record Chained(LocalDate day, long position, EventRow row, byte[] salt, byte[] commitment, byte[] chain) {}

    private static final String EVENTS = """
            COPY sinusnode.audit_event (day, position, recorded, id, subject, agent_subject, type, subtype, action, outcome,
                client, agent, agent_name, entity, denial_code, request_id, resource, sealed, agent_sealed, ledger, salt,
                commitment, chain)
            FROM STDIN
            """;
    private static final String LINES =
            "COPY sinusnode.audit_ledger (day, position, recorded, subject, records, sealed) FROM STDIN";

    private EventInsert() {}

    static void all(Connection connection, List<Chained> rows) throws SQLException {
        CopyText events = new CopyText();
        CopyText lines = new CopyText();
        for (Chained chained : rows) {
            EventRow row = chained.row();
            events.add(
                    chained.day(),
                    chained.position(),
                    row.recorded(),
                    row.id(),
                    row.subject(),
                    row.agentSubject(),
                    row.type(),
                    row.subtype(),
                    row.action(),
                    row.outcome(),
                    row.client(),
                    row.agent(),
                    row.agentName(),
                    row.entity(),
                    row.denialCode(),
                    row.requestId(),
                    row.resource(),
                    row.sealed(),
                    row.agentSealed(),
                    row.ledgerDigest(),
                    chained.salt(),
                    chained.commitment(),
                    chained.chain());
            row.ledger()
                    .forEach(line -> lines.add(
                            chained.day(),
                            chained.position(),
                            row.recorded(),
                            line.subject(),
                            line.records(),
                            line.sealed()));
        }
        events.copy(connection, EVENTS);
        lines.copy(connection, LINES);
    }
}
