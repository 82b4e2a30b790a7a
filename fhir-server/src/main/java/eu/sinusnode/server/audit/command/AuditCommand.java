package eu.sinusnode.server.audit.command;

import eu.sinusnode.server.audit.chain.ChainAnchor;
import eu.sinusnode.server.audit.chain.ChainVerifier;
import eu.sinusnode.server.audit.chain.Verification;
import eu.sinusnode.server.audit.crypto.AuditKeys;
import eu.sinusnode.server.audit.crypto.PurposeAuditKeys;
import eu.sinusnode.server.audit.retention.RetentionRun;
import eu.sinusnode.server.audit.store.AuditStore;
import eu.sinusnode.server.audit.store.ErasedPersons;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.CommandDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code AuditCommand verify [--from <day>] [--to <day>]}, {@code AuditCommand expire [--retention <period>]} and {@code
 * AuditCommand erase Patient/<id> [RelatedPerson/<id> …] [sub/<account> …]}, with
 * SINUSNODE_HOME and SINUSNODE_POSTGRES_PORT, or SINUSNODE_DATABASE_URL, _USERNAME and _PASSWORD, and
 * SINUSNODE_AUDIT_RETENTION, in the environment. Exit codes: 0 the chain holds, or it is done; 1 it could not be done; 2 wrong use; 4 the chain is broken.
 */
public final class AuditCommand {

    private static final String USE = "Use: verify [--from 2026-01-31] [--to 2026-02-28] | expire [--retention P10Y]"
            + " | erase Patient/ID [RelatedPerson/ID …] [sub/ACCOUNT …]";
    private static final Period LEAST = Period.ofYears(3);
    private static final int BROKEN = 4;

    private AuditCommand() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        if (arguments.length == 0) {
            out.println(USE);
            return 2;
        }
        try {
            List<String> options = Arrays.asList(arguments).subList(1, arguments.length);
            return switch (arguments[0]) {
                case "verify" -> verify(Place.of(environment), day(options, "--from"), day(options, "--to"), out);
                case "erase" -> EraseCommand.run(Place.of(environment), options, out);
                case "expire" -> expire(retention(options, environment), environment, out);
                default -> {
                    out.println(USE);
                    yield 2;
                }
            };
        } catch (DateTimeException e) {
            out.println("A day or a period is not of its form: " + e.getMessage() + ". " + USE);
            return 2;
        } catch (IOException | SQLException | RuntimeException e) {
            out.println("The audit could not be read: " + e.getMessage());
            return 1;
        }
    }

    /** Database, keys and anchor of one installation. */
    record Place(DataSource dataSource, AuditKeys keys, ChainAnchor anchor) {

        static Place of(Map<String, String> environment) {
            Path home = CommandDatabase.home(environment);
            return new Place(
                    CommandDatabase.of(environment),
                    new PurposeAuditKeys(PurposeKeys.open(home, Clock.systemUTC())),
                    new ChainAnchor(home.resolve("audit")));
        }

        /** For events of the command itself, which name no person. */
        AuditStore store(Clock clock) {
            return new AuditStore(dataSource, references -> Set.of(), ErasedPersons.NONE, keys, anchor, clock);
        }
    }

    static int verify(Place place, @Nullable LocalDate from, @Nullable LocalDate to, PrintStream out)
            throws IOException, SQLException {
        ProgressLine progress = new ProgressLine(out);
        Verification found =
                new ChainVerifier(place.dataSource(), place.keys(), place.anchor()).verify(from, to, progress::show);
        progress.end();
        if (found.holds()) {
            out.println("The audit's chain holds: " + found.events() + " events of " + found.days() + " days checked.");
            return 0;
        }
        out.println("THE AUDIT'S CHAIN IS BROKEN. First at " + found.first().orElseThrow());
        return BROKEN;
    }

    private static int expire(Period retention, Map<String, String> environment, PrintStream out) throws SQLException {
        return expire(Place.of(environment), retention, Clock.systemUTC(), out);
    }

    static int expire(Place place, Period retention, Clock clock, PrintStream out) throws SQLException {
        AuditStore store = place.store(clock);
        int[] months = {0};
        boolean done = new RetentionRun(place.dataSource(), place.keys(), store, clock).run(retention, month -> {
            months[0]++;
            out.println("Dropped " + month.month() + ": " + month.events() + " events.");
        });
        if (!done) {
            out.println("The server is at it just now; try again in a minute.");
            return 1;
        }
        if (months[0] == 0) {
            out.println("No month has passed its retention of " + retention + ".");
        }
        return 0;
    }

    private static @Nullable LocalDate day(List<String> options, String name) {
        return option(options, name).map(LocalDate::parse).orElse(null);
    }

    /** What the command names, else what the server is configured with, else the server's default. */
    static Period retention(List<String> options, Map<String, String> environment) {
        Period retention = option(options, "--retention")
                .or(() -> Optional.ofNullable(environment.get("SINUSNODE_AUDIT_RETENTION")))
                .map(Period::parse)
                .orElse(Period.ofYears(10));
        if (retention.isNegative() || retention.toTotalMonths() < LEAST.toTotalMonths()) {
            throw new DateTimeException("a patient may see three years of accesses, so the least retention is P3Y");
        }
        return retention;
    }

    private static Optional<String> option(List<String> options, String name) {
        int at = options.indexOf(name);
        if (at >= 0 && at + 1 >= options.size()) {
            throw new DateTimeException(name + " has no value");
        }
        return at < 0 ? Optional.empty() : Optional.of(options.get(at + 1));
    }
}
