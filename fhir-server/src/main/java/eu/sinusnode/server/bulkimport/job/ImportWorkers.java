package eu.sinusnode.server.bulkimport.job;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.validation.BulkWrites;
import eu.sinusnode.server.configuration.ImportProperties;
import eu.sinusnode.server.upload.SentIdentifierTable;
import eu.sinusnode.server.vitals.VitalTransaction;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes files from the table and works on them: at once when an import is asked for on this node, within a third of the
 * lease when another node has left a file. Beside the runs it renews their leases and forgets what has expired.
 */
public final class ImportWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportWorkers.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);

    private final ImportJobs jobs;
    private final FileRun run;
    private final AuditedImports audit;
    private final ImportProperties limits;
    private final DataSource dataSource;
    private final FhirContext context;
    private final Clock clock;
    private final Semaphore free;
    private final ExecutorService workers;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "import-watch"));
    private final Map<UUID, ImportLease> leases = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** @param transactions of the FHIR storage */
    public static ImportWorkers of(
            ImportJobs jobs,
            ImportFolder folder,
            BulkWrites writes,
            JpaTransactionManager transactions,
            VitalTransaction vitals,
            IFhirSystemDao<Bundle, Meta> storage,
            SentIdentifierTable identifiers,
            AuditedImports audit,
            ImportProperties limits,
            DataSource dataSource,
            FhirContext context,
            Clock clock) {
        PortionStore store = new PortionStore(
                new TransactionTemplate(transactions),
                vitals,
                storage,
                identifiers,
                writes,
                new LineReader(context, writes),
                clock);
        return new ImportWorkers(
                jobs, new FileRun(folder, writes, store, limits), audit, limits, dataSource, context, clock);
    }

    private ImportWorkers(
            ImportJobs jobs,
            FileRun run,
            AuditedImports audit,
            ImportProperties limits,
            DataSource dataSource,
            FhirContext context,
            Clock clock) {
        this.jobs = jobs;
        this.run = run;
        this.audit = audit;
        this.limits = limits;
        this.dataSource = dataSource;
        this.context = context;
        this.clock = clock;
        this.free = new Semaphore(limits.workers());
        this.workers = Executors.newFixedThreadPool(limits.workers(), task -> thread(task, "import"));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public ImportWorkers start() {
        watch.scheduleWithFixedDelay(this::look, 0, limits.lease().toMillis() / 3, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Something may be there to be worked on. */
    public void wake() {
        if (closing) {
            return;
        }
        try {
            watch.execute(this::look);
        } catch (RejectedExecutionException closed) {
            LOG.info("What waits for a worker is taken up at the next start.");
        }
    }

    private void look() {
        try {
            leases.values().forEach(lease -> lease.renew(limits.lease()));
            endCancelled();
            jobs.expire(clock.instant().minus(limits.expiresAfter()));
        } catch (RuntimeException e) {
            LOG.error("Imports could not be looked after: {}", FaultOrigin.of(e));
        }
        take();
    }

    private void endCancelled() {
        for (ImportedFile file : jobs.cancelled()) {
            audit.cancelled(file);
            jobs.ended(file);
        }
    }

    private void take() {
        try {
            while (!closing && free.tryAcquire()) {
                Optional<Runnable> taken = taken();
                if (taken.isEmpty()) {
                    free.release();
                    return;
                }
                workers.execute(taken.get());
            }
        } catch (RuntimeException e) {
            LOG.error("No file of an import could be taken up: {}", FaultOrigin.of(e));
        }
    }

    private Optional<Runnable> taken() {
        UUID worker = UUID.randomUUID();
        try {
            return jobs.take(worker, limits.lease()).map(file -> {
                ImportLease lease = new ImportLease(file, worker, dataSource, refusal -> context.newJsonParser()
                        .encodeResourceToString(refusal.outcome()));
                leases.put(worker, lease);
                return () -> work(worker, lease, file);
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private void work(UUID worker, ImportLease lease, ImportedFile file) {
        try {
            run.run(lease, file);
            audit.complete(file);
            lease.complete();
        } catch (LeaseLostException gone) {
            LOG.info("File {} of import {} was cancelled or taken over.", file.number(), file.job());
        } catch (FileEndedException ended) {
            LOG.warn("File {} of import {} has ended: {}", file.number(), file.job(), ended.why());
            fail(lease, file, ended.why());
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "File {} of import {} broke off in attempt {}: {}",
                    file.number(),
                    file.job(),
                    file.attempts(),
                    FaultOrigin.of(e));
            if (file.attempts() >= MOST_ATTEMPTS) {
                fail(lease, file, "The server failed at it several times; tell the operator the id of the import.");
            } else {
                release(lease, closing ? Duration.ZERO : PAUSE_AFTER_FAULT);
            }
        } finally {
            leases.remove(worker);
            free.release();
            wake();
        }
    }

    private void fail(ImportLease lease, ImportedFile file, String problem) {
        try {
            audit.failed(file);
            lease.fail(problem);
        } catch (LeaseLostException gone) {
            LOG.info("File {} of import {} was cancelled or taken over.", file.number(), file.job());
        } catch (RuntimeException e) {
            LOG.error("A file of import {} could not be ended: {}", file.job(), FaultOrigin.of(e));
        }
    }

    private static void release(ImportLease lease, Duration pause) {
        try {
            lease.release(pause);
        } catch (RuntimeException e) {
            LOG.warn("A lease runs until its end: {}", FaultOrigin.of(e));
        }
    }

    /** Runs end where they are, and the next one goes on from what was written down. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        watch.shutdownNow();
        leases.values().forEach(lease -> {
            release(lease, Duration.ZERO);
            lease.giveUp();
        });
        workers.shutdown();
        if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
            LOG.warn("A file of an import did not end in time.");
        }
    }
}
