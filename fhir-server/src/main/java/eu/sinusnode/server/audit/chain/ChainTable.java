package eu.sinusnode.server.audit.chain;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@code sinusnode.audit_day}. */
public final class ChainTable {

    private static final String COLUMNS = "day, previous, genesis, events, head, closed, dropped, kid, seal";
    /** Chosen at random; whoever adds to the chain holds this lock until the transaction ends. */
    private static final long LOCK = 0x534e41554449544cL;

    private final JdbcTemplate jdbc;

    public ChainTable(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** For the rest of this transaction nobody else adds to the chain. */
    public void lock() {
        jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }

    public Optional<ChainDay> newest() {
        return jdbc
                .query("SELECT " + COLUMNS + " FROM sinusnode.audit_day ORDER BY day DESC LIMIT 1", ChainTable::day)
                .stream()
                .findFirst();
    }

    /** Ascending. */
    public List<ChainDay> all() {
        return jdbc.query("SELECT " + COLUMNS + " FROM sinusnode.audit_day ORDER BY day", ChainTable::day);
    }

    public void put(ChainDay day) {
        jdbc.update(
                "INSERT INTO sinusnode.audit_day (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                        + "ON CONFLICT (day) DO UPDATE SET events = EXCLUDED.events, head = EXCLUDED.head, "
                        + "closed = EXCLUDED.closed, dropped = EXCLUDED.dropped, kid = EXCLUDED.kid, seal = EXCLUDED.seal",
                day.day(),
                day.previous(),
                day.genesis(),
                day.events(),
                day.head(),
                day.closed(),
                day.dropped() == null ? null : day.dropped().atOffset(ZoneOffset.UTC),
                day.kid(),
                day.seal());
    }

    /** The chain after the event at this place; empty when there is no such event. */
    public Optional<byte[]> chainAt(LocalDate day, long position) {
        return jdbc
                .query(
                        "SELECT chain FROM sinusnode.audit_event WHERE day = ? AND position = ?",
                        (row, number) -> row.getBytes(1),
                        day,
                        position)
                .stream()
                .findFirst();
    }

    /** The day's row; empty when there is none. */
    public Optional<ChainDay> find(LocalDate day) {
        return jdbc
                .query("SELECT " + COLUMNS + " FROM sinusnode.audit_day WHERE day = ?", ChainTable::day, day)
                .stream()
                .findFirst();
    }

    private static ChainDay day(ResultSet row, int number) throws SQLException {
        Timestamp dropped = row.getTimestamp("dropped");
        return new ChainDay(
                row.getDate("day").toLocalDate(),
                local(row.getDate("previous")),
                row.getBytes("genesis"),
                row.getLong("events"),
                row.getBytes("head"),
                row.getBoolean("closed"),
                dropped == null ? null : dropped.toInstant(),
                row.getString("kid"),
                row.getBytes("seal"));
    }

    private static @Nullable LocalDate local(@Nullable Date date) {
        return date == null ? null : date.toLocalDate();
    }
}
