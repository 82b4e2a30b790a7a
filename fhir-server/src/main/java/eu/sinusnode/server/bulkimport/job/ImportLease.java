package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What one run may write down of its file; each call fails when the file is not its own any more. */
class ImportLease {

    private static final String OWN = " WHERE job = ? AND number = ? AND worker = ? AND state = 'running'";

    private final ImportedFile file;
    private final UUID worker;
    private final JdbcTemplate jdbc;
    private final RunningTransaction transaction;
    private final Function<Refusal, String> json;
    private final Set<UUID> named = new HashSet<>();
    private volatile boolean lost;

    /** @param json of a refusal's OperationOutcome */
    ImportLease(ImportedFile file, UUID worker, DataSource dataSource, Function<Refusal, String> json) {
        this.file = file;
        this.worker = worker;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new RunningTransaction(dataSource);
        this.json = json;
    }

    /** @throws LeaseLostException when it is known that the run has to end */
    void require() {
        if (lost) {
            throw new LeaseLostException();
        }
    }

    /** The run ends where it next looks. */
    void giveUp() {
        lost = true;
    }

    /** Asked for from beside the run, which then ends where it next looks. */
    void renew(Duration lease) {
        lost |= jdbc.update(
                        "UPDATE sinusnode.import_file SET lease_until = now() + make_interval(secs => ?)" + OWN,
                        seconds(lease),
                        file.job(),
                        file.number(),
                        worker)
                == 0;
    }

    /**
     * What has become of lines, written down in the transaction that stores them.
     *
     * @param line the last of them
     * @param position where the next one begins
     * @param patients of whom records were stored
     */
    void cameForward(
            long line, long position, int created, int known, List<Refusal> refusals, Collection<UUID> patients) {
        changed(transaction.update(
                "UPDATE sinusnode.import_file SET attempts = 0, line = ?, position = ?, created = created + ?,"
                        + " known = known + ?, refused = refused + ?" + OWN,
                line,
                position,
                created,
                known,
                refusals.size(),
                file.job(),
                file.number(),
                worker));
        name(patients);
        transaction.batch(
                "INSERT INTO sinusnode.import_refusal (job, number, line, outcome) VALUES (?, ?, ?, ?)",
                refusals,
                refusal -> new Object[] {file.job(), file.number(), refusal.line(), json.apply(refusal)});
        transaction.batch(
                "INSERT INTO sinusnode.import_denial (job, number, code, meaning, patient) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                refusals.stream()
                        .flatMap(each -> denials(each).stream())
                        .distinct()
                        .toList(),
                denial -> new Object[] {file.job(), file.number(), denial.code(), denial.meaning(), denial.patient()});
    }

    private record Denial(
            String code, String meaning, @Nullable UUID patient) {}

    private static List<Denial> denials(Refusal refusal) {
        if (refusal.denials().isEmpty()) {
            return refusal.issues().stream()
                    .map(issue -> new Denial(issue.code(), issue.meaning(), null))
                    .toList();
        }
        return refusal.denials().entrySet().stream()
                .map(denied -> new Denial(
                        denied.getValue().code().code(),
                        denied.getValue().code().meaning(),
                        ResourceIds.parse(denied.getKey()).orElse(null)))
                .toList();
    }

    /** Each is written down once; after a rollback perhaps again, since the run then ends. */
    private void name(Collection<UUID> patients) {
        UUID[] further = patients.stream()
                .filter(each -> !named.contains(each))
                .distinct()
                .toArray(UUID[]::new);
        if (further.length > 0) {
            transaction.update(
                    "INSERT INTO sinusnode.import_patient (job, number, patient)"
                            + " SELECT ?, ?, unnest(?::uuid[]) ON CONFLICT DO NOTHING",
                    file.job(),
                    file.number(),
                    further);
        }
    }

    /** The transaction is committed: those need not be written down again. */
    void named(Collection<UUID> patients) {
        named.addAll(patients);
    }

    void complete() {
        changed(ended("complete", null));
    }

    /** @param problem one sentence without content */
    void fail(String problem) {
        changed(ended("failed", problem));
    }

    private int ended(String state, @Nullable String problem) {
        return jdbc.update(
                "UPDATE sinusnode.import_file SET state = ?, problem = ?, ended = now()" + OWN,
                state,
                problem,
                file.job(),
                file.number(),
                worker);
    }

    /** Somebody may take the file up after the pause. */
    void release(Duration pause) {
        renew(pause);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void changed(int rows) {
        if (rows == 0) {
            lost = true;
            throw new LeaseLostException();
        }
    }
}
