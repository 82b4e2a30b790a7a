package eu.sinusnode.server.audit.chain;

import eu.sinusnode.server.audit.crypto.AuditKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Drops months whose retention has passed, whole partitions at a time. The days of a dropped month stay in the chain with
 * their number of events and their end, sealed anew as dropped: so the days after them still follow from them, and the
 * verifier knows rows that were dropped from rows that were taken.
 */
public final class Retention {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy_MM");

    private final JdbcTemplate jdbc;
    private final ChainTable chain;
    private final AuditKeys keys;
    private final Clock clock;

    public Retention(DataSource dataSource, AuditKeys keys, Clock clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.chain = new ChainTable(dataSource);
        this.keys = keys;
        this.clock = clock;
    }

    /** A month whose events are older than asked for. */
    public record Expired(YearMonth month, long events) {}

    /** Months that have wholly passed their retention, the oldest first. */
    public List<Expired> expired(TemporalAmount retention) {
        LocalDate keepFrom =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minus(retention);
        List<ChainDay> kept =
                chain.all().stream().filter(day -> day.dropped() == null).toList();
        return new TreeSet<>(kept.stream().map(day -> YearMonth.from(day.day())).toList())
                .stream()
                        .filter(month -> month.atEndOfMonth().isBefore(keepFrom))
                        .map(month -> new Expired(
                                month,
                                kept.stream()
                                        .filter(day -> YearMonth.from(day.day()).equals(month))
                                        .mapToLong(ChainDay::events)
                                        .sum()))
                        .toList();
    }

    /** Within a transaction that holds the chain's lock and that records the drop as an event. */
    public void drop(YearMonth month) {
        Instant now = clock.instant();
        for (ChainDay day : chain.all()) {
            if (YearMonth.from(day.day()).equals(month) && day.dropped() == null) {
                if (!day.sealHolds(keys)) {
                    throw new IllegalStateException("The seal of " + day.day()
                            + " does not hold; nothing is dropped before that is cleared up.");
                }
                chain.put(day.drop(now, keys.current()));
            }
        }
        String name = NAME.format(month);
        jdbc.execute("DROP TABLE IF EXISTS sinusnode.audit_ledger_" + name);
        jdbc.execute("DROP TABLE IF EXISTS sinusnode.audit_event_" + name);
    }
}
