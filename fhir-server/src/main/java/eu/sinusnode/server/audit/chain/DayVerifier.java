package eu.sinusnode.server.audit.chain;

import eu.sinusnode.server.audit.chain.Verification.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Checks the events of one day, row by row, against the day's beginning and end. */
final class DayVerifier {

    private static final int ROWS_A_FETCH = 500;
    private static final String EVENTS =
            "SELECT " + StoredRow.COLUMNS + " FROM sinusnode.audit_event WHERE day = ? ORDER BY position, chain";
    private static final String LEDGER =
            "SELECT position, subject, records, sealed FROM sinusnode.audit_ledger WHERE day = ?";

    private final Connection connection;
    private final ChainDay day;
    private final LongConsumer checked;
    private long expected = 1;
    private byte[] chain;

    /** @param checked told the number of events after some of them */
    DayVerifier(Connection connection, ChainDay day, LongConsumer checked) {
        this.connection = connection;
        this.day = day;
        this.checked = checked;
        this.chain = day.genesis();
    }

    Optional<Finding> verify() throws SQLException {
        Map<Long, List<EventRow.LedgerRow>> ledger = ledger();
        try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
            select.setFetchSize(ROWS_A_FETCH);
            select.setObject(1, day.day());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    StoredRow row = StoredRow.of(rows);
                    Optional<Finding> wrong = check(row);
                    if (wrong.isEmpty()) {
                        wrong = checkLedger(row, ledger.remove(row.position()));
                    }
                    if (wrong.isPresent()) {
                        return wrong;
                    }
                    if (row.position() % ROWS_A_FETCH == 0) {
                        checked.accept(row.position());
                    }
                }
            }
        }
        return ledger.isEmpty() ? end() : found(ledger.keySet().iterator().next(), "lines were added to the ledger");
    }

    private Optional<Finding> check(StoredRow row) {
        if (row.position() < expected) {
            return found(row.position(), "an event was inserted: there are two of this number");
        }
        if (row.position() > day.events()) {
            return found(row.position(), "an event was inserted: the day has " + day.events());
        }
        if (row.position() > expected) {
            return found(expected, "the event was removed");
        }
        if (!Arrays.equals(row.commitment(), row.expectedCommitment())) {
            return found(row.position(), "the event was changed, or stood in another place");
        }
        byte[] linked = ChainDay.link(chain, row.commitment());
        if (!Arrays.equals(row.chain(), linked)) {
            return found(row.position(), "the event does not follow the one before: inserted, replaced or moved");
        }
        chain = linked;
        expected++;
        return Optional.empty();
    }

    private Optional<Finding> checkLedger(
            StoredRow row, @org.jspecify.annotations.Nullable List<EventRow.LedgerRow> lines) {
        byte[] digest = EventRow.ledgerDigest(lines == null ? List.of() : lines);
        return Arrays.equals(digest, row.ledgerDigest())
                ? Optional.empty()
                : found(row.position(), "the ledger's lines of this event were changed, removed or added");
    }

    private Optional<Finding> end() {
        if (expected <= day.events()) {
            return found(expected, "the event was removed; the day had " + day.events());
        }
        return Arrays.equals(chain, day.head())
                ? Optional.empty()
                : Optional.of(new Finding(day.day(), null, "the day's end is not that of its last event"));
    }

    private Map<Long, List<EventRow.LedgerRow>> ledger() throws SQLException {
        Map<Long, List<EventRow.LedgerRow>> lines = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LEDGER)) {
            select.setFetchSize(ROWS_A_FETCH);
            select.setObject(1, day.day());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.computeIfAbsent(rows.getLong(1), position -> new ArrayList<>())
                            .add(new EventRow.LedgerRow(
                                    rows.getObject(2, UUID.class), rows.getInt(3), rows.getBytes(4)));
                }
            }
        }
        return lines;
    }

    private Optional<Finding> found(long position, String what) {
        LocalDate on = day.day();
        return Optional.of(new Finding(on, position, what));
    }
}
