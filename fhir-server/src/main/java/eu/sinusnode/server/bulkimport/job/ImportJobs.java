package eu.sinusnode.server.bulkimport.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.server.bulkimport.job.ImportedFile.State;
import eu.sinusnode.server.export.job.ExportJob;
import eu.sinusnode.server.export.job.ExportJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code sinusnode.import_job} and its files, for those who ask: to start an import, look at it, cancel it. */
public class ImportJobs {

    private static final String FILES = """
            SELECT f.job, f.number, j.caller, f.type, f.name, f.bytes, f.modified, f.state, f.problem, f.position, f.line,
                f.created, f.known, f.refused, f.attempts
            FROM sinusnode.import_file f JOIN sinusnode.import_job j ON j.job = f.job
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public ImportJobs(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** A file that is asked for. */
    public record Asked(String type, String name, ImportFolder.Found found) {}

    /**
     * Starts an import unless its owner has too many under way.
     *
     * @return its name; empty when there are {@code most} already
     */
    public Optional<UUID> accept(Caller caller, String url, List<Asked> files, int most, Instant now) {
        String owner = ExportJob.ownerOf(caller);
        UUID job = UUID.randomUUID();
        return transaction.execute(status -> {
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:owner, 1))")
                    .param("owner", owner)
                    .query((row, number) -> "")
                    .list();
            if (underWay(owner) >= most) {
                return Optional.<UUID>empty();
            }
            jdbc.sql("INSERT INTO sinusnode.import_job (job, owner, caller, request, created)"
                            + " VALUES (:job, :owner, :caller, :url, :now)")
                    .param("job", job)
                    .param("owner", owner)
                    .param("caller", ExportJson.write(caller))
                    .param("url", url)
                    .param("now", at(now))
                    .update();
            for (int number = 0; number < files.size(); number++) {
                insert(job, number, files.get(number));
            }
            return Optional.of(job);
        });
    }

    private void insert(UUID job, int number, Asked file) {
        jdbc.sql("INSERT INTO sinusnode.import_file (job, number, type, name, bytes, modified, state)"
                        + " VALUES (:job, :number, :type, :name, :bytes, :modified, 'waiting')")
                .param("job", job)
                .param("number", number)
                .param("type", file.type())
                .param("name", file.name())
                .param("bytes", file.found().bytes())
                .param("modified", at(file.found().modified()))
                .update();
    }

    private long underWay(String owner) {
        return jdbc.sql("""
                SELECT count(*) FROM sinusnode.import_job j WHERE j.owner = :owner AND EXISTS (
                    SELECT FROM sinusnode.import_file f WHERE f.job = j.job AND f.state IN ('waiting', 'running'))
                """).param("owner", owner).query(Long.class).single();
    }

    /** The caller's own import; empty when it was cancelled, is another's, has expired, or never was. */
    public Optional<ImportJob> find(UUID job, Caller caller) {
        List<ImportedFile> files = files(job);
        return jdbc.sql("SELECT request, created FROM sinusnode.import_job"
                        + " WHERE job = :job AND owner = :owner AND NOT cancelled")
                .param("job", job)
                .param("owner", ExportJob.ownerOf(caller))
                .query((row, number) -> new ImportJob(job, text(row, "request"), instant(row, "created"), files))
                .optional();
    }

    /** Files of cancelled imports that are not in the audit yet. */
    List<ImportedFile> cancelled() {
        return jdbc.sql(FILES + "WHERE f.state = 'cancelled' AND f.ended IS NULL")
                .query((row, number) -> file(row))
                .list();
    }

    void ended(ImportedFile file) {
        jdbc.sql("UPDATE sinusnode.import_file SET ended = now() WHERE job = :job AND number = :file")
                .param("job", file.job())
                .param("file", file.number())
                .update();
    }

    private List<ImportedFile> files(UUID job) {
        return jdbc.sql(FILES + "WHERE f.job = :job ORDER BY f.number")
                .param("job", job)
                .query((row, number) -> file(row))
                .list();
    }

    /** Nothing more of it is stored; what is stored stays. Its files end when that is in the audit. */
    public void cancel(UUID job) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE sinusnode.import_job SET cancelled = true WHERE job = :job")
                    .param("job", job)
                    .update();
            jdbc.sql("UPDATE sinusnode.import_file SET state = 'cancelled'"
                            + " WHERE job = :job AND state IN ('waiting', 'running')")
                    .param("job", job)
                    .update();
        });
    }

    /** The OperationOutcomes of a file's refused lines, one after the other. */
    public void refusals(UUID job, int file, Consumer<String> reader) {
        List<Told> page = refusals(job, file, 0);
        while (!page.isEmpty()) {
            page.forEach(refused -> reader.accept(refused.outcome()));
            page = refusals(job, file, page.get(page.size() - 1).line());
        }
    }

    private record Told(long line, String outcome) {}

    private List<Told> refusals(UUID job, int file, long after) {
        return jdbc.sql("""
                SELECT line, outcome FROM sinusnode.import_refusal
                WHERE job = :job AND number = :file AND line > :after ORDER BY line LIMIT 500
                """)
                .param("job", job)
                .param("file", file)
                .param("after", after)
                .query((row, number) -> new Told(row.getLong("line"), text(row, "outcome")))
                .list();
    }

    /** Of whom a file has brought records, from a place on, in the order of their ids. */
    List<String> patients(ImportedFile file, String after, int most) {
        return jdbc.sql("""
                SELECT patient::text FROM sinusnode.import_patient
                WHERE job = :job AND number = :file AND patient > :after::uuid ORDER BY patient LIMIT :most
                """)
                .param("job", file.job())
                .param("file", file.number())
                .param("after", after)
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** A code by which lines of a file were refused, and the patients whom they were about. */
    record Denied(String code, String meaning, List<String> patients) {}

    List<Denied> denials(ImportedFile file) {
        return jdbc.sql("""
                SELECT code, min(meaning) AS meaning, array_remove(array_agg(patient::text ORDER BY patient), NULL) AS patients
                FROM sinusnode.import_denial WHERE job = :job AND number = :file GROUP BY code ORDER BY code
                """)
                .param("job", file.job())
                .param("file", file.number())
                .query((row, number) -> new Denied(text(row, "code"), text(row, "meaning"), List.of((String[])
                        row.getArray("patients").getArray())))
                .list();
    }

    /** Forgets the imports that ended before an instant. */
    void expire(Instant before) {
        jdbc.sql("""
                DELETE FROM sinusnode.import_job j
                WHERE NOT EXISTS (SELECT FROM sinusnode.import_file f
                    WHERE f.job = j.job AND (f.ended IS NULL OR f.ended > :before))
                """).param("before", at(before)).update();
    }

    /**
     * Takes the first file that nobody works on, or whose worker has not been heard of for its lease. Files of one type are
     * worked on at once; what is named before a file of another type comes first, since it may be referred to.
     *
     * @param worker name of the run that takes it
     */
    Optional<ImportedFile> take(UUID worker, Duration lease) {
        return jdbc.sql("""
                WITH taken AS (
                    UPDATE sinusnode.import_file SET state = 'running', worker = :worker, attempts = attempts + 1,
                        lease_until = now() + make_interval(secs => :lease)
                    WHERE (job, number) = (SELECT f.job, f.number
                        FROM sinusnode.import_file f JOIN sinusnode.import_job j ON j.job = f.job
                        WHERE f.state IN ('waiting', 'running') AND f.lease_until <= now() AND NOT EXISTS (
                            SELECT FROM sinusnode.import_file e WHERE e.job = f.job AND e.number < f.number
                                AND e.type <> f.type AND e.state IN ('waiting', 'running'))
                        ORDER BY j.created, f.number LIMIT 1 FOR UPDATE OF f SKIP LOCKED)
                    RETURNING *)
                SELECT f.job, f.number, j.caller, f.type, f.name, f.bytes, f.modified, f.state, f.problem, f.position,
                    f.line, f.created, f.known, f.refused, f.attempts
                FROM taken f JOIN sinusnode.import_job j ON j.job = f.job
                """)
                .param("worker", worker)
                .param("lease", lease.toMillis() / 1000.0)
                .query((row, number) -> file(row))
                .optional();
    }

    private static ImportedFile file(ResultSet row) throws SQLException {
        return new ImportedFile(
                Objects.requireNonNull(row.getObject("job", UUID.class)),
                row.getInt("number"),
                ExportJson.read(text(row, "caller"), Caller.class),
                text(row, "type"),
                text(row, "name"),
                row.getLong("bytes"),
                instant(row, "modified"),
                State.valueOf(text(row, "state").toUpperCase(Locale.ROOT)),
                row.getString("problem"),
                row.getLong("position"),
                row.getLong("line"),
                row.getLong("created"),
                row.getLong("known"),
                row.getLong("refused"),
                row.getInt("attempts"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column)
                .toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
