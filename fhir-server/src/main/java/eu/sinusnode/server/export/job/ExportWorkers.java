package eu.sinusnode.server.export.job;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.export.file.ExportDirectory;
import eu.sinusnode.server.projection.StoredHistory;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes exports from the table and works on them: at once when one is asked for on this node, within a third of the lease
 * when another node has left it. Beside the runs it renews their leases and removes what has expired.
 */
public final class ExportWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExportWorkers.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);

    private final ExportJobs jobs;
    private final ExportDirectory directory;
    private final DataSource dataSource;
    private final ExportTools tools;
    private final AuditedRuns runs;
    private final Semaphore free;
    private final ExecutorService workers;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "export-watch"));
    private final Map<UUID, ExportLease> leases = new ConcurrentHashMap<>();
    private volatile boolean closing;

    public ExportWorkers(
            ExportJobs jobs,
            ExportDirectory directory,
            ExportRoom room,
            DataSource dataSource,
            FhirContext context,
            BulkDisclosure disclosure,
            StoredHistory history,
            StoredRecords storage,
            TypeFilters filters,
            ExportProperties limits,
            MeterRegistry meters,
            AuditedRuns runs,
            Clock clock,
            ZoneId zone) {
        this.jobs = jobs;
        this.runs = runs;
        this.directory = directory;
        this.dataSource = dataSource;
        this.tools = new ExportTools(
                context,
                disclosure,
                history,
                storage,
                new RecordCursor(dataSource),
                filters,
                room,
                limits,
                meters.counter("sinusnode.export.withheld"),
                clock,
                zone);
        this.free = new Semaphore(limits.workers());
        this.workers = Executors.newFixedThreadPool(limits.workers(), task -> thread(task, "export"));
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public ExportWorkers start() {
        long third = tools.limits().lease().toMillis() / 3;
        watch.scheduleWithFixedDelay(this::look, 0, third, TimeUnit.MILLISECONDS);
        return this;
    }

    /** Something may be there to be worked on. */
    public void wake() {
        if (closing) {
            return;
        }
        try {
            watch.execute(this::take);
        } catch (RejectedExecutionException closed) {
            LOG.info("What waits for a worker is taken up at the next start.");
        }
    }

    private void look() {
        try {
            leases.values().forEach(lease -> lease.renew(tools.limits().lease()));
            sweep();
        } catch (IOException | RuntimeException e) {
            LOG.error("Exports could not be looked after: {}", FaultOrigin.of(e));
        }
        take();
    }

    /** Removes what has expired, and the folders that belong to no export any more. */
    private void sweep() throws IOException {
        for (UUID expired : jobs.expire(tools.clock().instant())) {
            directory.remove(expired);
        }
        List<UUID> folders = directory.jobs();
        Set<UUID> known = jobs.known(folders);
        for (UUID folder : folders) {
            if (!known.contains(folder)) {
                directory.remove(folder);
            }
        }
    }

    private void take() {
        try {
            while (!closing && free.tryAcquire()) {
                Optional<Runnable> run = taken();
                if (run.isEmpty()) {
                    free.release();
                    return;
                }
                workers.execute(run.get());
            }
        } catch (RuntimeException e) {
            LOG.error("No export could be taken up: {}", FaultOrigin.of(e));
        }
    }

    private Optional<Runnable> taken() {
        UUID worker = UUID.randomUUID();
        try {
            return jobs.take(worker, tools.limits().lease()).map(job -> {
                ExportLease lease = new ExportLease(job.job(), worker, dataSource);
                leases.put(worker, lease);
                return () -> work(worker, lease, job);
            });
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private void work(UUID worker, ExportLease lease, ExportJob job) {
        try {
            attempt(lease, job);
        } catch (LeaseLostException gone) {
            LOG.info("Export {} was cancelled or taken over.", job.job());
            removeIfUnknown(job.job());
        } catch (NoRoomException | ExportRefusedException refused) {
            LOG.warn("Export {} ends without its files: {}", job.job(), refused.getMessage());
            end(lease, job);
        } catch (IOException | SQLException | RuntimeException e) {
            LOG.error("Export {} broke off in attempt {}: {}", job.job(), job.attempts(), FaultOrigin.of(e));
            if (job.attempts() >= MOST_ATTEMPTS) {
                end(lease, job);
            } else {
                release(lease, closing ? Duration.ZERO : PAUSE_AFTER_FAULT);
            }
        } finally {
            leases.remove(worker);
            free.release();
            wake();
        }
    }

    private void attempt(ExportLease lease, ExportJob job) throws IOException, SQLException {
        directory.prepare(job.job());
        ExportJob begun = job;
        // Who looks the same is counted once, for all patients of an export.
        boolean recounted = job.order().pseudonymised() != null && job.afterPatient() != null;
        if (recounted || !directory.holds(job.job(), jobs.files(job.job()))) {
            LOG.warn(
                    "Export {} starts over: {}.",
                    job.job(),
                    recounted ? "its patients are counted anew" : "files of its run before are not here");
            lease.startOver();
            begun = job.fromTheStart();
        }
        try (RunFiles files = new RunFiles(directory, job.job(), job.order().organizedBy(), tools.limits())) {
            new ExportRun(tools, lease, begun, files).run();
        }
        runs.complete(job);
        lease.complete(tools.clock().instant().plus(tools.limits().expiresAfter()));
    }

    private void end(ExportLease lease, ExportJob job) {
        try {
            runs.failed(job);
            lease.fail(tools.clock().instant().plus(tools.limits().expiresAfter()));
            directory.remove(job.job());
        } catch (LeaseLostException gone) {
            removeIfUnknown(job.job());
        } catch (IOException | RuntimeException e) {
            LOG.error("Export {} could not be ended: {}", job.job(), FaultOrigin.of(e));
        }
    }

    private void removeIfUnknown(UUID job) {
        try {
            if (jobs.known(List.of(job)).isEmpty()) {
                directory.remove(job);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The files of a cancelled export could not be removed yet: {}", FaultOrigin.of(e));
        }
    }

    private static void release(ExportLease lease, Duration pause) {
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
            LOG.warn("An export did not end in time.");
        }
    }
}
