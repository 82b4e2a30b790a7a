package eu.sinusnode.server.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import com.zaxxer.hikari.HikariDataSource;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.residency.PractitionerDirectory;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A patient's Task of one kind that is escalated, on the real server, looked for at instants of the test's own. */
abstract class EscalatedTasks extends RunningServer {

    private static final int SERVERS = 4;
    private static int patients;

    @Autowired
    Escalations escalations;

    @Autowired
    HikariDataSource dataSource;

    @Autowired
    StoredRecords records;

    @Autowired
    private IHapiTransactionService transactions;

    @Autowired
    private DaoRegistry daos;

    @Autowired
    private PermitDirectory permits;

    @Autowired
    private PractitionerDirectory practitioners;

    final String clinician = TOKENS.clinician(Records.CLINIC);
    String name = "";
    String patient = "";
    String task = "";

    abstract TaskKind kind();

    abstract Audience audience(ResponsibleClinics clinics);

    @BeforeEach
    void aPatientAndNoTasksOfOthers() {
        database.update("UPDATE sinusnode.task_due SET escalated = now() WHERE escalated IS NULL");
        name = "escalation-" + kind() + "-" + patients++;
        patient = Records.id(name);
        load(Records.household(name));
    }

    final Escalations.Look look(Instant at) {
        return escalations.look(kind(), at);
    }

    /** The Task as the patient sees it. */
    final Task stored() {
        Answer answer = get("/Task/" + task, TOKENS.patient(patient));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (Task) answer.resource();
    }

    final String version() {
        return stored().getIdElement().getVersionIdPart();
    }

    /** How many notes such a Task has before. */
    int notes() {
        return 0;
    }

    final void assertEscalatedOnce() {
        assertThat(version()).isEqualTo("2");
        assertThat(stored().getNote()).hasSize(notes() + 2);
    }

    final void restrict() {
        Parameters restriction = new Parameters();
        restriction.addParameter("patient", new Reference("Patient/" + patient));
        restriction.addParameter("ground", new CodeType("accuracy-contested"));
        Answer answer = post("/Patient/" + patient + "/$restrict", TOKENS.loader(), restriction);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Lookers of their own, as other servers have them. */
    final void assertThatOneOfManyEscalates(Instant due) throws Exception {
        ExecutorService servers = Executors.newFixedThreadPool(SERVERS);
        try {
            List<Future<Escalations.Look>> looks = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                looks.add(servers.submit(() ->
                        with(new AuditTrail(entry -> {}, Clock.systemUTC())).look(kind(), due)));
            }
            int escalated = 0;
            for (Future<Escalations.Look> look : looks) {
                escalated += look.get().escalated();
                assertThat(look.get().failed()).isZero();
            }
            assertThat(escalated).isEqualTo(1);
        } finally {
            servers.shutdownNow();
        }
        assertEscalatedOnce();
    }

    final Escalations with(AuditTrail audit) {
        return new Escalations(
                transactions,
                daos,
                new TaskDueTable(new RunningTransaction(dataSource)),
                Map.of(kind(), audience(new ResponsibleClinics(dataSource, permits, records, practitioners))),
                audit);
    }
}
