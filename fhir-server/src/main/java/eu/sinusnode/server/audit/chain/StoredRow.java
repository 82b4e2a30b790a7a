package eu.sinusnode.server.audit.chain;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as it lies in the table, with its place in the chain.
 *
 * @param ledgerDigest as the row says it; the lines themselves are checked apart
 */
record StoredRow(
        LocalDate day,
        long position,
        EventRow row,
        byte @Nullable [] ledgerDigest,
        byte[] salt,
        byte[] commitment,
        byte[] chain) {

    static final String COLUMNS =
            "day, position, recorded, id, subject, agent_subject, type, subtype, action, outcome, "
                    + "client, agent, agent_name, entity, denial_code, request_id, resource, sealed, agent_sealed, ledger, salt, "
                    + "commitment, chain";

    static StoredRow of(ResultSet row) throws SQLException {
        EventRow event = new EventRow(
                row.getObject("id", UUID.class),
                row.getTimestamp("recorded").toInstant(),
                row.getObject("subject", UUID.class),
                row.getObject("agent_subject", UUID.class),
                texts(row, "type"),
                texts(row, "subtype"),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("client"),
                texts(row, "agent"),
                texts(row, "agent_name"),
                texts(row, "entity"),
                row.getString("denial_code"),
                row.getString("request_id"),
                row.getString("resource"),
                row.getBytes("sealed"),
                row.getBytes("agent_sealed"),
                List.of());
        return new StoredRow(
                row.getDate("day").toLocalDate(),
                row.getLong("position"),
                event,
                row.getBytes("ledger"),
                row.getBytes("salt"),
                row.getBytes("commitment"),
                row.getBytes("chain"));
    }

    /** What the row would commit to as it stands. */
    byte[] expectedCommitment() {
        return row.commitment(salt, day, position, ledgerDigest);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
