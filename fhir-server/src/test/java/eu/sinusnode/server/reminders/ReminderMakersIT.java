package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.cache.IResourceTypeCacheSvc;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.RunningTransaction;
import eu.sinusnode.server.subscriptions.Receiver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Several nodes make Tasks of one database's plans: each reminder is one Task, in one version, and none is left out. Each maker here has
 * objects of its own, as a node has; the server's own worker runs beside them.
 */
class ReminderMakersIT extends RunningServer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAKERS = 4;
    private static final int PATIENTS = 6;

    /** One a minute: all of them are due within the time ahead in which reminders become Tasks. */
    private static final int TIMES = 14;

    /** Small, so that the makers meet often. */
    private static final int BATCH = 5;

    @Autowired
    private IHapiTransactionService transactions;

    @Autowired
    private HikariDataSource dataSource;

    @Autowired
    private StoredRecords records;

    @Autowired
    private DaoRegistry daos;

    @Autowired
    private PartitionSettings partitions;

    @Autowired
    private IResourceTypeCacheSvc types;

    @Autowired
    private IInterceptorService hooks;

    @Autowired
    private FhirContext context;

    @Autowired
    private MeterRegistry meters;

    private Reminders maker() {
        ReminderConfiguration node = new ReminderConfiguration();
        return node.reminders(
                transactions,
                dataSource,
                records,
                node.reminderTasks(daos, dataSource, partitions, types, hooks, meters),
                context,
                meters);
    }

    @Test
    void ofSeveralMakersNoneMakesTwiceOrLeavesOut() throws Exception {
        List<RemindedPatient> patients = IntStream.range(0, PATIENTS)
                .mapToObj(number -> new RemindedPatient("makers-" + number))
                .toList();
        // Long before the server's own worker makes Tasks of them.
        Instant first = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        for (RemindedPatient anna : patients) {
            anna.load(
                    anna.weight(RemindedPatient.at(IntStream.range(0, TIMES)
                            .mapToObj(number -> first.plus(Duration.ofMinutes(number)))
                            .toArray(Instant[]::new))),
                    anna.bisoprolol(RemindedPatient.at(Instant.parse("2031-01-01T09:00:00Z"))),
                    anna.plan(CarePlanStatus.ACTIVE));
        }

        together(maker -> {
            while (maker.read(Instant.now(), 1) + maker.plan(Instant.now(), 1) > 0) {
                // Until nothing has changed and enough is computed.
            }
        });
        // The server's own worker may still be at some of them.
        Receiver.await("all is computed", PATIENCE, () -> ids(patients).size() >= PATIENTS * TIMES);
        List<UUID> planned = ids(patients);
        assertThat(planned).as("each time of each plan is computed once").hasSize(PATIENTS * TIMES);

        Instant now = lastDue(patients).minus(Reminders.AHEAD).plusSeconds(60);
        together(maker -> {
            dieWithSome(now);
            while (maker.tell(now, BATCH) > 0) {
                // Until nothing is due.
            }
        });
        // What a maker had taken that died is there again.
        Reminders last = maker();
        while (last.tell(now, BATCH) > 0) {
            // Until nothing is due.
        }

        List<String> made = new ArrayList<>();
        for (RemindedPatient anna : patients) {
            List<Task> tasks = anna.reminders();
            assertThat(tasks)
                    .hasSize(TIMES)
                    .allMatch(task -> task.getStatus() == TaskStatus.REQUESTED)
                    .extracting(task -> task.getIdElement().getVersionIdPart())
                    .containsOnly("1");
            tasks.forEach(task -> made.add(task.getIdElement().getIdPart()));
        }
        assertThat(made)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        planned.stream().map(UUID::toString).toList());
        assertThat(database.queryForObject("""
                        SELECT count(*) FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id
                        WHERE r.res_type = 'Task' AND r.fhir_id = ANY (?)
                        """, Integer.class, (Object) made.toArray(String[]::new)))
                .as("versions of all of them")
                .isEqualTo(PATIENTS * TIMES);
    }

    private interface Making {
        void by(Reminders maker);
    }

    private void together(Making making) throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(MAKERS);
        try {
            List<Future<?>> running = IntStream.range(0, MAKERS)
                    .<Future<?>>mapToObj(number -> nodes.submit(() -> making.by(maker())))
                    .toList();
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    /** As PostgreSQL sees a node that is killed: rows were locked, and the connection is gone. */
    private void dieWithSome(Instant now) {
        RunningTransaction running = new RunningTransaction(dataSource);
        assertThatThrownBy(() -> transactions.withSystemRequest().execute(() -> {
                    new ReminderTable(running).takeDue(now, false, now.plus(Reminders.AHEAD), BATCH);
                    return running.queryForObject("SELECT pg_terminate_backend(pg_backend_pid())", Boolean.class);
                }))
                .isInstanceOf(RuntimeException.class);
    }

    private List<UUID> ids(List<RemindedPatient> patients) {
        return database.queryForList(
                "SELECT reminder FROM sinusnode.reminder WHERE NOT made AND plan = ANY (?)", UUID.class, (Object)
                        plans(patients));
    }

    private Instant lastDue(List<RemindedPatient> patients) {
        OffsetDateTime last = database.queryForObject(
                "SELECT max(due) FROM sinusnode.reminder WHERE plan = ANY (?)", OffsetDateTime.class, (Object)
                        plans(patients));
        return Objects.requireNonNull(last).toInstant();
    }

    private static UUID[] plans(List<RemindedPatient> patients) {
        return patients.stream().map(anna -> UUID.fromString(anna.id("plan"))).toArray(UUID[]::new);
    }
}
