package eu.sinusnode.server.audit.chain;

import eu.sinusnode.server.audit.chain.Verification.Finding;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Checks the audit's chain: each event against what was committed to, each against the one before, each day against its
 * seal and the day before, and the end against the anchor outside of the database. The days' own links and seals are
 * always checked from the first day on; events are checked of the days asked for.
 *
 * <p>It reads one state of the database, so a running server may go on adding.
 */
public final class ChainVerifier {

    private final DataSource dataSource;
    private final AuditKeys keys;
    private final ChainAnchor anchor;

    public ChainVerifier(DataSource dataSource, AuditKeys keys, ChainAnchor anchor) {
        this.dataSource = dataSource;
        this.keys = keys;
        this.anchor = anchor;
    }

    /**
     * @param from first day whose events are checked, or null
     * @param to last day whose events are checked, or null
     * @throws IOException when the anchor cannot be read
     * @throws SQLException when the database cannot be read
     */
    public Verification verify(@Nullable LocalDate from, @Nullable LocalDate to, Verification.Listener listener)
            throws IOException, SQLException {
        // The anchor is read first: it may only be behind what the database then shows.
        Optional<ChainAnchor.Place> place = anchor.read();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return new Run(connection, from, to, listener).verify(place);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setReadOnly(false);
            }
        }
    }

    private final class Run {
        private final Connection connection;
        private final ChainTable table;
        private final List<ChainDay> days;
        private final @Nullable LocalDate from;
        private final @Nullable LocalDate to;
        private final Verification.Listener listener;
        private final long all;
        private long checkedDays;
        private long checkedEvents;

        private Run(
                Connection connection,
                @Nullable LocalDate from,
                @Nullable LocalDate to,
                Verification.Listener listener) {
            this.connection = connection;
            this.table = new ChainTable(new SingleConnectionDataSource(connection, true));
            this.days = table.all();
            this.from = from;
            this.to = to;
            this.listener = listener;
            this.all = days.stream()
                    .filter(this::isAskedFor)
                    .mapToLong(ChainDay::events)
                    .sum();
        }

        private Verification verify(Optional<ChainAnchor.Place> place) throws IOException, SQLException {
            Optional<Finding> wrong = days();
            if (wrong.isEmpty()) {
                wrong = eventsOfNoDay();
            }
            if (wrong.isEmpty() && place.isPresent() && !ChainAnchor.holds(place.get(), table)) {
                wrong = Optional.of(new Finding(
                        place.get().day(),
                        null,
                        "the chain's end was cut off or replaced: the anchor outside of the database knows event "
                                + place.get().events()));
            }
            if (wrong.isEmpty()
                    && place.isEmpty()
                    && !days.isEmpty()
                    && anchor.breaches().isEmpty()) {
                wrong = Optional.of(
                        new Finding(null, null, "the anchor outside of the database (audit/anchor.json) is missing"));
            }
            if (wrong.isEmpty()) {
                wrong = anchor.breaches().stream().findFirst().map(breach -> new Finding(null, null, breach));
            }
            return new Verification(checkedDays, checkedEvents, wrong);
        }

        private Optional<Finding> days() throws SQLException {
            ChainDay before = null;
            for (ChainDay day : days) {
                Optional<Finding> wrong = link(before, day);
                if (wrong.isEmpty() && isAskedFor(day)) {
                    wrong = events(day);
                }
                if (wrong.isEmpty() && !day.sealHolds(keys)) {
                    wrong = of(day, "the day's seal does not hold: its row was changed");
                }
                if (wrong.isPresent()) {
                    return wrong;
                }
                before = day;
            }
            return Optional.empty();
        }

        private Optional<Finding> link(@Nullable ChainDay before, ChainDay day) {
            LocalDate expected = before == null ? null : before.day();
            LocalDate previous = day.previous();
            if (expected == null ? previous != null : !expected.equals(previous)) {
                return of(
                        day,
                        previous == null
                                ? "days before it were added"
                                : "the day before it, " + previous + ", was removed, or days between were added");
            }
            byte[] head = before == null ? new byte[0] : before.head();
            if (!Arrays.equals(day.genesis(), ChainDay.genesis(day.day(), previous, head))) {
                return of(day, "it does not follow from the end of " + (previous == null ? "nothing" : previous));
            }
            return before != null && !before.closed()
                    ? of(before, "it was never closed, although days follow")
                    : Optional.empty();
        }

        private Optional<Finding> events(ChainDay day) throws SQLException {
            checkedDays++;
            if (day.dropped() != null) {
                return Optional.empty();
            }
            long before = checkedEvents;
            Optional<Finding> wrong =
                    new DayVerifier(connection, day, events -> listener.checked(before + events, all)).verify();
            checkedEvents += day.events();
            listener.checked(checkedEvents, all);
            return wrong;
        }

        /** Rows that no day vouches for; also those that came back after their day was dropped. */
        private Optional<Finding> eventsOfNoDay() throws SQLException {
            String select = "SELECT min(e.day) FROM sinusnode.audit_event e WHERE NOT EXISTS (SELECT FROM "
                    + "sinusnode.audit_day d WHERE d.day = e.day AND d.dropped IS NULL)";
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(select)) {
                row.next();
                java.sql.Date day = row.getDate(1);
                return day == null
                        ? Optional.empty()
                        : Optional.of(new Finding(
                                day.toLocalDate(), null, "there are events of a day that the chain does not know"));
            }
        }

        private boolean isAskedFor(ChainDay day) {
            return (from == null || !day.day().isBefore(from))
                    && (to == null || !day.day().isAfter(to));
        }

        private Optional<Finding> of(ChainDay day, String what) {
            return Optional.of(new Finding(day.day(), null, what));
        }
    }
}
