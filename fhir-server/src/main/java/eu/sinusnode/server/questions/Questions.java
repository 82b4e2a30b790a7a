package eu.sinusnode.server.questions;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** Stores questions: message and Task, in one transaction, or neither. Who may ask whom is decided before. */
public class Questions {

    private final IHapiTransactionService transactions;
    private final DaoRegistry daos;
    private final StoredRecords records;
    private final RunningTransaction running;

    Questions(
            IHapiTransactionService transactions, DaoRegistry daos, StoredRecords records, RunningTransaction running) {
        this.transactions = transactions;
        this.daos = daos;
        this.records = records;
        this.running = running;
    }

    /** As they are stored. */
    record Asked(Communication message, Task task) {
        List<Resource> both() {
            return List.of(message, task);
        }
    }

    /** One that was sent before is answered as it was stored, whatever has become of it. */
    Optional<Asked> before(Question question) {
        Optional<Communication> message =
                records.current("Communication", question.messageId()).map(Communication.class::cast);
        Optional<Task> task = records.current("Task", question.taskId()).map(Task.class::cast);
        if (message.isEmpty() || task.isEmpty()) {
            return Optional.empty();
        }
        if (!question.isSame(message.get())) {
            throw Denials.problem(RequestProblem.QUESTION_OTHER, "the request id was used for another question");
        }
        return Optional.of(new Asked(message.get(), task.get()));
    }

    /** @param made the question's records, asked for when it is not stored yet */
    Asked ask(Question question, Supplier<Asked> made) {
        return Objects.requireNonNull(transactions.withSystemRequest().execute(() -> {
            // What one patient asks is stored one after the other, so that of many at once that are the same one is
            // stored.
            if (!running.hold("Patient", question.patient().toString())) {
                throw Denials.unknown("Patient/" + question.patient());
            }
            return before(question).orElseGet(() -> store(made.get()));
        }));
    }

    private Asked store(Asked asked) {
        SystemRequestDetails system = new SystemRequestDetails();
        Communication message = (Communication) daos.getResourceDao(Communication.class)
                .update(asked.message(), system)
                .getResource();
        Task task = (Task)
                daos.getResourceDao(Task.class).update(asked.task(), system).getResource();
        return new Asked(Objects.requireNonNull(message), Objects.requireNonNull(task));
    }
}
