package eu.sinusnode.server.export.job;

import eu.sinusnode.server.export.file.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What one run may write down of its export; each call fails when the export is not its own any more. */
class ExportLease {

    private final UUID job;
    private final UUID worker;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private volatile boolean lost;

    ExportLease(UUID job, UUID worker, DataSource dataSource) {
        this.job = job;
        this.worker = worker;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    UUID job() {
        return job;
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
        lost |= update("lease_until = now() + make_interval(secs => " + lease.toMillis() / 1000.0 + ")") == 0;
    }

    /**
     * The export begins. What was changed by a transaction that is still running may not be visible yet, so the instant
     * lies before the oldest of them; the further seconds are for the time between a request's instant and its transaction,
     * and for nodes whose clocks differ.
     */
    Instant begin(int patients) {
        changed(update("patients = " + patients + ", transaction_time = coalesce(transaction_time, " + """
                (SELECT least(now(), min(xact_start)) FROM pg_stat_activity WHERE datname = current_database())
                    - interval '10 seconds')
                """));
        return jdbc.sql("SELECT transaction_time FROM sinusnode.export_job WHERE job = :job")
                .param("job", job)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** How many patients are told less exactly; null when there are too few for anybody to be told. */
    void counted(@Nullable Integer generalised) {
        changed(update("generalised = " + (generalised == null ? "NULL" : generalised.toString())));
    }

    /** Everything of a former run is given up, since its files are not here. */
    void startOver() {
        transaction.executeWithoutResult(status -> {
            changed(update("after_patient = NULL, patients_read = 0, transaction_time = NULL"));
            jdbc.sql("DELETE FROM sinusnode.export_file WHERE job = :job")
                    .param("job", job)
                    .update();
            jdbc.sql("DELETE FROM sinusnode.export_reference WHERE job = :job")
                    .param("job", job)
                    .update();
        });
    }

    /**
     * What stands in the files so far.
     *
     * @param lastPatient the last patient of the range; null when none was read
     * @param read patients of the range
     * @param mentioned records of nobody that were referred to
     * @param written those of them that now stand in the files
     */
    void cameForward(
            @Nullable String lastPatient,
            int read,
            Collection<StoredFile> files,
            Collection<String> mentioned,
            Collection<String> written) {
        transaction.executeWithoutResult(status -> {
            changed(update("attempts = 0, patients_read = patients_read + " + read
                    + (lastPatient == null ? "" : ", after_patient = '" + UUID.fromString(lastPatient) + "'")));
            files.forEach(this::store);
            jdbc.sql("INSERT INTO sinusnode.export_reference (job, path) SELECT :job, p FROM unnest(:paths) AS p"
                            + " ON CONFLICT DO NOTHING")
                    .param("job", job)
                    .param("paths", mentioned.toArray(String[]::new))
                    .update();
            jdbc.sql("UPDATE sinusnode.export_reference SET written = true WHERE job = :job AND path = ANY (:paths)")
                    .param("job", job)
                    .param("paths", written.toArray(String[]::new))
                    .update();
        });
    }

    /** Records of nobody that were referred to and do not stand in the files yet, in order. */
    List<String> mentioned(int most) {
        return jdbc.sql("""
                SELECT path FROM sinusnode.export_reference WHERE job = :job AND NOT written ORDER BY path LIMIT :most
                """)
                .param("job", job)
                .param("most", most)
                .query(String.class)
                .list();
    }

    void complete(Instant expires) {
        changed(ended("complete", expires));
    }

    void fail(Instant expires) {
        changed(ended("failed", expires));
    }

    private int ended(String state, Instant expires) {
        return jdbc.sql("UPDATE sinusnode.export_job SET state = :state, expires = :expires WHERE job = :job"
                        + " AND worker = :worker AND state = 'running'")
                .param("state", state)
                .param("expires", ExportJobs.at(expires))
                .param("job", job)
                .param("worker", worker)
                .update();
    }

    /** Somebody may take the export up after the pause. */
    void release(Duration pause) {
        update("lease_until = now() + make_interval(secs => " + pause.toMillis() / 1000.0 + ")");
    }

    private void store(StoredFile file) {
        jdbc.sql("""
                INSERT INTO sinusnode.export_file (file, job, type, deleted, kid, frames, bytes, records)
                VALUES (:file, :job, :type, :deleted, :kid, :frames, :bytes, :records)
                ON CONFLICT (file) DO UPDATE SET frames = :frames, bytes = :bytes, records = :records
                """)
                .param("file", file.file())
                .param("job", job)
                .param("type", file.type())
                .param("deleted", file.deleted())
                .param("kid", file.kid())
                .param("frames", file.frames())
                .param("bytes", file.bytes())
                .param("records", file.records())
                .update();
    }

    /** @param assignments SQL of this class, with numbers and UUIDs in it at most */
    private int update(String assignments) {
        return jdbc.sql("UPDATE sinusnode.export_job SET " + assignments
                        + " WHERE job = :job AND worker = :worker AND state = 'running'")
                .param("job", job)
                .param("worker", worker)
                .update();
    }

    private void changed(int rows) {
        if (rows == 0) {
            lost = true;
            throw new LeaseLostException();
        }
    }
}
