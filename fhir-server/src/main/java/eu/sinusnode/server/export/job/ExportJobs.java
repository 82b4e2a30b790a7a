package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code sinusnode.export_job} for those who ask: to start an export, look at it, fetch from it, cancel it. */
public class ExportJobs {

    private static final String COLUMNS = """
            job, caller, request, state, created, expires, transaction_time, patients, patients_read, after_patient,
            generalised, attempts
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public ExportJobs(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Starts an export unless its owner has too many under way.
     *
     * @return its name; empty when there are {@code most} already
     */
    public Optional<UUID> accept(Caller caller, ExportOrder order, int most, Instant now) {
        String owner = ExportJob.ownerOf(caller);
        UUID job = UUID.randomUUID();
        return transaction.execute(status -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:owner, 0))")
                    .param("owner", owner)
                    .query((row, number) -> "")
                    .list();
            boolean full = underWay(owner) >= most;
            if (!full) {
                jdbc.sql("""
                        INSERT INTO sinusnode.export_job (job, owner, caller, request, state, created, expires, lease_until)
                        VALUES (:job, :owner, :caller, :request, 'accepted', :now, :now, '-infinity')
                        """)
                        .param("job", job)
                        .param("owner", owner)
                        .param("caller", ExportJson.write(caller))
                        .param("request", ExportJson.write(order))
                        .param("now", at(now))
                        .update();
            }
            return full ? Optional.<UUID>empty() : Optional.of(job);
        });
    }

    private long underWay(String owner) {
        return jdbc.sql("""
                SELECT count(*) FROM sinusnode.export_job WHERE owner = :owner AND state IN ('accepted', 'running')
                """).param("owner", owner).query(Long.class).single();
    }

    /** The caller's own export; empty when it is another's, has expired, or never was. */
    public Optional<ExportJob> find(UUID job, Caller caller, Instant now) {
        return jdbc.sql("SELECT " + COLUMNS + """
                FROM sinusnode.export_job
                WHERE job = :job AND owner = :owner AND (state IN ('accepted', 'running') OR expires > :now)
                """)
                .param("job", job)
                .param("owner", ExportJob.ownerOf(caller))
                .param("now", at(now))
                .query((row, number) -> job(row))
                .optional();
    }

    /** In the order of their types. */
    public List<StoredFile> files(UUID job) {
        return jdbc.sql("""
                SELECT file, type, deleted, kid, frames, bytes, records FROM sinusnode.export_file
                WHERE job = :job AND records > 0 ORDER BY type, file
                """).param("job", job).query((row, number) -> file(row)).list();
    }

    /** @return whether there was such an export of the caller */
    public boolean cancel(UUID job, Caller caller) {
        return jdbc.sql("DELETE FROM sinusnode.export_job WHERE job = :job AND owner = :owner")
                        .param("job", job)
                        .param("owner", ExportJob.ownerOf(caller))
                        .update()
                > 0;
    }

    /** Bytes of all files. */
    public long bytes() {
        return jdbc.sql("SELECT coalesce(sum(bytes), 0)::bigint FROM sinusnode.export_file")
                .query(Long.class)
                .single();
    }

    /** Forgets the exports that have ended and expired. */
    public List<UUID> expire(Instant now) {
        return jdbc.sql("""
                DELETE FROM sinusnode.export_job WHERE state IN ('complete', 'failed') AND expires <= :now RETURNING job
                """).param("now", at(now)).query(UUID.class).list();
    }

    /** Those of them that the table knows. */
    public Set<UUID> known(Collection<UUID> jobs) {
        return new HashSet<>(jdbc.sql("SELECT job FROM sinusnode.export_job WHERE job = ANY (:jobs)")
                .param("jobs", jobs.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /**
     * Takes the oldest export that nobody works on, or whose worker has not been heard of for its lease.
     *
     * @param worker name of the run that takes it
     */
    Optional<ExportJob> take(UUID worker, Duration lease) {
        return jdbc.sql("""
                UPDATE sinusnode.export_job SET state = 'running', worker = :worker, attempts = attempts + 1,
                    lease_until = now() + make_interval(secs => :lease)
                WHERE job = (SELECT job FROM sinusnode.export_job
                    WHERE state IN ('accepted', 'running') AND lease_until <= now()
                    ORDER BY created LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING
                """ + COLUMNS)
                .param("worker", worker)
                .param("lease", lease.toMillis() / 1000.0)
                .query((row, number) -> job(row))
                .optional();
    }

    private static ExportJob job(ResultSet row) throws SQLException {
        return new ExportJob(
                uuid(row, "job"),
                ExportJson.read(text(row, "caller"), Caller.class),
                ExportJson.read(text(row, "request"), ExportOrder.class),
                State.valueOf(text(row, "state").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(instant(row, "created")),
                Objects.requireNonNull(instant(row, "expires")),
                instant(row, "transaction_time"),
                row.getObject("patients", Integer.class),
                row.getInt("patients_read"),
                row.getString("after_patient"),
                row.getObject("generalised", Integer.class),
                row.getInt("attempts"));
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                uuid(row, "file"),
                text(row, "type"),
                row.getBoolean("deleted"),
                text(row, "kid"),
                row.getInt("frames"),
                row.getLong("bytes"),
                row.getLong("records"));
    }

    private static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class), column);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime stored = row.getObject(column, OffsetDateTime.class);
        return stored == null ? null : stored.toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
