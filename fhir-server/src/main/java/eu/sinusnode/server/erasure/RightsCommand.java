package eu.sinusnode.server.erasure;

import eu.sinusnode.server.audit.chain.ChainAnchor;
import eu.sinusnode.server.audit.command.ErasureEvent;
import eu.sinusnode.server.audit.crypto.PurposeAuditKeys;
import eu.sinusnode.server.audit.store.AuditStore;
import eu.sinusnode.server.audit.store.Recordable;
import eu.sinusnode.server.export.PatientExports;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.storage.CommandDatabase;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code RightsCommand reapply}, with SINUSNODE_HOME and SINUSNODE_POSTGRES_PORT, or SINUSNODE_DATABASE_URL, _USERNAME and
 * _PASSWORD, in the environment: erases once more who was erased before and is there again, since a backup was restored.
 * Exit codes: 0 done; 1 it could not be done; 2 wrong use.
 */
public final class RightsCommand {

    private final DataSource dataSource;
    private final ErasureMarks marks;
    private final RightsList list;
    private final PatientExports exports;
    private final PatientRows rows;
    private final PersonErasure erasure;
    private final AuditStore audit;
    private final Clock clock = Clock.systemUTC();

    private RightsCommand(Path home, DataSource dataSource) {
        PurposeKeys keys = PurposeKeys.open(home, clock);
        this.dataSource = dataSource;
        this.marks = new ErasureMarks(keys);
        this.list = RightsList.open(home);
        this.exports = PatientExports.of(dataSource, home, keys);
        this.rows = new PatientRows(new RunningTransaction(dataSource));
        this.erasure = new PersonErasure(dataSource, keys, exports);
        this.audit = new AuditStore(
                dataSource,
                references -> Set.of(),
                new ErasedPersonTable(dataSource, marks),
                new PurposeAuditKeys(keys),
                new ChainAnchor(home.resolve("audit")),
                clock);
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        if (arguments.length != 1 || !"reapply".equals(arguments[0])) {
            out.println("Use: reapply");
            return 2;
        }
        try {
            Path home = CommandDatabase.home(environment);
            int again = new RightsCommand(home, CommandDatabase.of(environment)).reapply();
            out.println(
                    again == 0
                            ? "Nobody who was erased is in the database."
                            : "Erased once more: " + again + " Patients who had come back.");
            return 0;
        } catch (RuntimeException e) {
            out.println("Erasures could not be carried out again: " + e.getMessage());
            return 1;
        }
    }

    private int reapply() {
        Set<String> erased = list.marks();
        int again = 0;
        for (String patient : new JdbcTemplate(dataSource)
                .queryForList(
                        "SELECT r.fhir_id FROM public.hfj_resource r WHERE r.res_type = 'Patient'", String.class)) {
            boolean wasErased = marks.all("Patient/" + patient).stream()
                    .map(mark -> HexFormat.of().formatHex(mark.value()))
                    .anyMatch(erased::contains);
            if (wasErased) {
                again += erase(ResourceIds.require("Patient", patient));
            }
        }
        return again;
    }

    /** No hold is asked for: the person had been erased. */
    private int erase(UUID patient) {
        PersonErasure.@Nullable Done done = new TransactionTemplate(new DataSourceTransactionManager(dataSource))
                .execute(status -> {
                    Set<UUID> person = rows.lock(patient);
                    // One who was merged with another who is erased already has gone with that one.
                    return person == null || person.isEmpty()
                            ? PersonErasure.Done.BEFORE
                            : erasure.erase(person, clock.instant());
                });
        if (done == null || done.patients().isEmpty()) {
            return 0;
        }
        exports.remove(done.exports());
        audit.append(List.of(Recordable.single(ErasureEvent.of(clock.instant()))));
        return done.patients().size();
    }
}
