package eu.sinusnode.server.export;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.export.file.ExportDirectory;
import eu.sinusnode.server.export.file.SealedFileReader;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJobs;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.projection.RunningTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Ends the exports that hold somebody's records, or may: to their clients they have expired. Which patients a file holds
 * stands in the heads of its frames.
 */
public final class PatientExports {

    /**
     * Their own; and those that are under way for an organization that has the patient, whatever they have written yet. A
     * researcher has patients by their Consents alone, and starts over.
     */
    private static final String OWN_AND_RUNNING = """
            DELETE FROM sinusnode.export_job j
            WHERE EXISTS (SELECT FROM unnest(?::text[]) AS person (id)
                    WHERE strpos(j.owner || j.caller || j.request, person.id) > 0)
                OR j.after_patient = ANY (?)
                OR (j.state = 'running' AND EXISTS (SELECT FROM sinusnode.membership m
                    WHERE m.patient = ANY (?) AND strpos(j.caller, m.party::text) > 0))
                OR (j.state = 'running' AND split_part(j.owner, chr(10), 1) = ?)
            RETURNING j.job
            """;

    private static final String OTHERS = "SELECT j.job FROM sinusnode.export_job j ORDER BY j.job";

    private final RunningTransaction transaction;
    private final ExportJobs jobs;
    private final ExportDirectory directory;

    PatientExports(RunningTransaction transaction, ExportJobs jobs, ExportDirectory directory) {
        this.transaction = transaction;
        this.jobs = jobs;
        this.directory = directory;
    }

    /** For a command beside the server. */
    public static PatientExports of(DataSource dataSource, Path home, PurposeKeys keys) {
        return new PatientExports(
                new RunningTransaction(dataSource), new ExportJobs(dataSource), ExportDirectory.open(home, keys));
    }

    /**
     * In the running transaction, before the patients' links to organizations go.
     *
     * @param ids of the patients, and of who represents them
     * @return the exports whose files are to be removed after the commit; whoever looks after exports does it otherwise
     */
    public Set<UUID> end(Collection<UUID> patients, Collection<String> ids) {
        UUID[] person = patients.toArray(UUID[]::new);
        Set<UUID> ended = new HashSet<>(transaction.queryForList(
                OWN_AND_RUNNING,
                UUID.class,
                ids.toArray(String[]::new),
                person,
                person,
                CallerKind.RESEARCHER.claim()));
        for (UUID job : transaction.queryForList(OTHERS, UUID.class)) {
            if (jobs.files(job).stream().anyMatch(file -> holdsOneOf(patients, job, file))) {
                transaction.update("DELETE FROM sinusnode.export_job WHERE job = ?", job);
                ended.add(job);
            }
        }
        return ended;
    }

    public void remove(Collection<UUID> ended) {
        try {
            for (UUID job : ended) {
                directory.remove(job);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of an export that was ended cannot be removed yet.", e);
        }
    }

    /** One that cannot be read may hold anybody. */
    private boolean holdsOneOf(Collection<UUID> patients, UUID job, StoredFile file) {
        try (SealedFileReader frames = directory.read(job, file)) {
            boolean holds = false;
            while (!holds && frames.hasNext()) {
                List<UUID> owners = frames.next().owners();
                holds = !Collections.disjoint(owners, patients);
                frames.skip();
            }
            return holds;
        } catch (IOException unreadable) {
            return true;
        }
    }
}
