package eu.sinusnode.server.replay;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.audit.AuditedRecord;
import java.time.Instant;
import java.util.Objects;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.IdType;

/** Asks for a replay, or answers at once what only the server can know: that nothing is open to the job any more. */
public class Replays {

    private final IHapiTransactionService transactions;
    private final ReplayTasks tasks;
    private final AutomatedAnalysis analysis;

    Replays(IHapiTransactionService transactions, DaoRegistry daos, DataSource dataSource) {
        this.transactions = transactions;
        this.tasks = new ReplayTasks(daos);
        this.analysis = new AutomatedAnalysis(dataSource);
    }

    /**
     * @param flag with its version
     * @return the Task, open or answered
     */
    AuditedRecord ask(IdType flag, String patientId, String clinician, Instant now, RequestDetails request) {
        return Objects.requireNonNull(transactions.withRequest(request).execute(() -> {
            AuditedRecord open = tasks.open(flag, patientId, clinician, now);
            return analysis.isOpen(patientId, now) ? open : tasks.withhold(open, patientId, now);
        }));
    }
}
