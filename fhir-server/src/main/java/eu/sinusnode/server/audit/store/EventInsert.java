package eu.sinusnode.server.audit.store;

import eu.sinusnode.server.audit.chain.EventRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds rows to {@code sinusnode.audit_event} and {@code sinusnode.audit_ledger}. */
final class EventInsert {

    /** A row with its place in the chain. */
    record Chained(LocalDate day, long position, EventRow row, byte[] salt, byte[] commitment, byte[] chain) {}

    private static final String EVENT = """
            INSERT INTO sinusnode.audit_event (day, position, recorded, id, subject, agent_subject, type, subtype, action,
                outcome, client, agent, agent_name, entity, denial_code, request_id, resource, sealed, agent_sealed, ledger,
                salt, commitment, chain)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String LINE = """
            INSERT INTO sinusnode.audit_ledger (day, position, recorded, subject, records, sealed)
            VALUES (?, ?, ?, ?, ?, ?)
            """;

    private EventInsert() {}

    static void all(Connection connection, List<Chained> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
            for (Chained row : rows) {
                set(connection, insert, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement(LINE)) {
            boolean any = false;
            for (Chained row : rows) {
                for (EventRow.LedgerRow line : row.row().ledger()) {
                    set(insert, row, line);
                    insert.addBatch();
                    any = true;
                }
            }
            if (any) {
                insert.executeBatch();
            }
        }
    }

    private static void set(Connection connection, PreparedStatement insert, Chained chained) throws SQLException {
        EventRow row = chained.row();
        int i = 0;
        insert.setObject(++i, chained.day());
        insert.setLong(++i, chained.position());
        insert.setObject(++i, row.recorded().atOffset(ZoneOffset.UTC));
        insert.setObject(++i, row.id());
        insert.setObject(++i, row.subject(), java.sql.Types.OTHER);
        insert.setObject(++i, row.agentSubject(), java.sql.Types.OTHER);
        insert.setArray(++i, array(connection, row.type()));
        insert.setArray(++i, array(connection, row.subtype()));
        insert.setString(++i, row.action());
        insert.setString(++i, row.outcome());
        insert.setString(++i, row.client());
        insert.setArray(++i, array(connection, row.agent()));
        insert.setArray(++i, array(connection, row.agentName()));
        insert.setArray(++i, array(connection, row.entity()));
        insert.setString(++i, row.denialCode());
        insert.setString(++i, row.requestId());
        insert.setString(++i, row.resource());
        insert.setBytes(++i, nullable(row.sealed()));
        insert.setBytes(++i, nullable(row.agentSealed()));
        insert.setBytes(++i, nullable(row.ledgerDigest()));
        insert.setBytes(++i, chained.salt());
        insert.setBytes(++i, chained.commitment());
        insert.setBytes(++i, chained.chain());
    }

    private static void set(PreparedStatement insert, Chained chained, EventRow.LedgerRow line) throws SQLException {
        insert.setObject(1, chained.day());
        insert.setLong(2, chained.position());
        insert.setObject(3, chained.row().recorded().atOffset(ZoneOffset.UTC));
        insert.setObject(4, line.subject());
        insert.setInt(5, line.records());
        insert.setBytes(6, line.sealed());
    }

    private static java.sql.Array array(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    @SuppressWarnings("NullAway") // JDBC takes null for SQL's NULL.
    private static byte[] nullable(byte @Nullable [] bytes) {
        return bytes;
    }
}
