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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code RightsCommand reapply}, with SINUSNODE_HOME and SINUSNODE_POSTGRES_PORT, or SINUSNODE_DATABASE_URL, _USERNAME and
 * _PASSWORD, in the environment: since a backup was restored, erases once more who was erased before and is there again,
 * restricts again whose record was restricted, and closes the records of patients of whose Consents versions are missing.
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
            RightsCommand command = new RightsCommand(home, CommandDatabase.of(environment));
            int again = command.reapply();
            out.println(
                    again == 0
                            ? "Nobody who was erased is in the database."
                            : "Erased once more: " + again + " Patients who had come back.");
            tell(out, "Restricted once more: ", command.restrict());
            tell(out, "Nothing is permitted any more, since Consents are missing; to be asked: ", command.close());
            return 0;
        } catch (RuntimeException e) {
            out.println("Erasures could not be carried out again: " + e.getMessage());
            return 1;
        }
    }

    /** Nothing when there is nobody. */
    private static void tell(PrintStream out, String what, List<UUID> patients) {
        patients.forEach(patient -> out.println(what + "Patient/" + patient));
    }

    /** Whose record was restricted at last, and is not in the database. */
    private List<UUID> restrict() {
        Map<String, RightsList.Restricted> wanted = list.restrictions();
        List<UUID> again = new ArrayList<>();
        for (UUID patient : patients(wanted.keySet())) {
            RightsList.Restricted restricted = marks.all("Patient/" + patient).stream()
                    .map(mark -> wanted.get(RightsList.hex(mark)))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            int added = new JdbcTemplate(dataSource)
                    .update(
                            "INSERT INTO sinusnode.restriction (patient, ground, since) VALUES (?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING",
                            patient,
                            restricted.ground(),
                            restricted.since().atOffset(ZoneOffset.UTC));
            if (added > 0) {
                again.add(patient);
            }
        }
        return again;
    }

    private List<UUID> close() {
        ClosedConsents consents = new ClosedConsents(dataSource, marks, list);
        return consents.close(patients(consents.stale()));
    }

    /** Those of the database who have one of the marks. */
    private List<UUID> patients(Set<String> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        return new JdbcTemplate(dataSource)
                        .queryForList(
                                "SELECT r.fhir_id FROM public.hfj_resource r WHERE r.res_type = 'Patient'",
                                String.class)
                        .stream()
                        .filter(patient -> marks.all("Patient/" + patient).stream()
                                .map(RightsList::hex)
                                .anyMatch(wanted::contains))
                        .map(patient -> ResourceIds.require("Patient", patient))
                        .toList();
    }

    private int reapply() {
        int again = 0;
        for (UUID patient : patients(list.marks())) {
            again += erase(patient);
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
