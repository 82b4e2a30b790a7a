package eu.sinusnode.server.escalation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Escalates Tasks whose time is over, each in a transaction of its own: the Task, that it was escalated, and nothing of both when
 * the audit cannot take it. Several servers may look at the same moment.
 */
public class Escalations {

    private static final Logger LOG = LoggerFactory.getLogger(Escalations.class);
    /** Consents and care teams change; what could not be escalated is looked at again. */
    static final Duration AGAIN = Duration.ofMinutes(10);

    private final IHapiTransactionService transactions;
    private final IFhirResourceDao<Task> tasks;
    private final TaskDueTable table;
    private final Map<TaskKind, Audience> audiences;
    private final AuditTrail audit;

    Escalations(
            IHapiTransactionService transactions,
            DaoRegistry daos,
            TaskDueTable table,
            Map<TaskKind, Audience> audiences,
            AuditTrail audit) {
        this.transactions = transactions;
        this.tasks = daos.getResourceDao(Task.class);
        this.table = table;
        this.audiences = Map.copyOf(audiences);
        this.audit = audit;
    }

    /**
     * What a look came to.
     *
     * @param withheld Consents, a restriction or the lack of anybody who is responsible kept the server from telling anybody
     * @param failed tried again later
     * @param overdue Tasks of the kind that wait after their time, escalated or not
     */
    record Look(int escalated, int withheld, int failed, long overdue) {}

    private enum Outcome {
        NONE,
        ESCALATED,
        WITHHELD,
        FAILED
    }

    /** Looks at all of one kind that is due by then. */
    Look look(TaskKind kind, Instant now) {
        int[] counted = new int[Outcome.values().length];
        Outcome outcome;
        do {
            outcome = one(kind, now);
            counted[outcome.ordinal()]++;
        } while (outcome != Outcome.NONE);
        return new Look(
                counted[Outcome.ESCALATED.ordinal()],
                counted[Outcome.WITHHELD.ordinal()],
                counted[Outcome.FAILED.ordinal()],
                inTransaction(() -> table.overdue(kind, now)));
    }

    private Outcome one(TaskKind kind, Instant now) {
        AtomicReference<@Nullable UUID> at = new AtomicReference<>();
        try {
            return inTransaction(() -> {
                Optional<TaskDue> due = table.claim(kind, now);
                due.map(TaskDue::task).ifPresent(at::set);
                return due.map(one -> escalate(one, now)).orElse(Outcome.NONE);
            });
        } catch (RuntimeException failure) {
            UUID task = at.get();
            if (task == null) {
                throw failure;
            }
            LOG.warn(
                    "A {} could not be escalated and is looked at again: {}",
                    kind.word(),
                    failure.getClass().getName());
            inTransaction(() -> {
                table.lookAgain(task, now.plus(AGAIN));
                return Outcome.FAILED;
            });
            return Outcome.FAILED;
        }
    }

    private Outcome escalate(TaskDue due, Instant now) {
        SystemRequestDetails system = new SystemRequestDetails();
        Task task = tasks.read(new IdType("Task", due.task().toString()), system);
        TaskKind kind = due.kind();
        Optional<String> next = Objects.requireNonNull(audiences.get(kind)).next(due, task, owner(task), now);
        if (next.isEmpty()) {
            table.lookAgain(due.task(), now.plus(AGAIN));
            return Outcome.WITHHELD;
        }
        table.escalated(due.task(), now);
        IIdType stored = tasks.update(Escalation.of(task, kind, due.due(), next.get(), now), system)
                .getId();
        audit.record(
                new RequestFacts(
                        UUID.randomUUID().toString(),
                        AuditedInteraction.UPDATE,
                        kind.word() + "-escalation",
                        "Task",
                        stored.getIdPart(),
                        null),
                AuditedCaller.server(),
                new AuditOutcome.Granted(kind.word() + " overdue: addressed to " + next.get()),
                List.of(new AuditedRecord(
                        due.patient().toString(), "Task", stored.getIdPart(), stored.getVersionIdPart())));
        return Outcome.ESCALATED;
    }

    private static @Nullable String owner(Task task) {
        return task.hasOwner()
                ? task.getOwner()
                        .getReferenceElement()
                        .toUnqualifiedVersionless()
                        .getValue()
                : null;
    }

    private <T> T inTransaction(java.util.concurrent.Callable<T> work) {
        return Objects.requireNonNull(transactions.withSystemRequest().execute(work));
    }
}
