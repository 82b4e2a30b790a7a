package eu.sinusnode.server.reminders;

import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.jpa.cache.IResourceTypeCacheSvc;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import eu.sinusnode.server.copies.Hooks;
import eu.sinusnode.server.copies.NewRows;
import eu.sinusnode.server.copies.StoredTargets;
import eu.sinusnode.server.copies.StoredTargets.Target;
import eu.sinusnode.server.projection.RunningTransaction;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Task;

/**
 * New reminders, which fall due by the hundred thousand at one moment, written with one COPY a table in the running transaction. What is
 * stored and what hooks see is what HAPI would leave.
 */
final class TaskCopies {

    private static final String FIRST_VERSION = "1";

    private final RunningTransaction transaction;
    private final TaskIndex index;
    private final IResourceTypeCacheSvc types;
    private final IInterceptorBroadcaster hooks;
    private final Counter copied;

    /** @param copied counts the Tasks that are stored here */
    TaskCopies(
            RunningTransaction transaction,
            TaskIndex index,
            IResourceTypeCacheSvc types,
            IInterceptorBroadcaster hooks,
            Counter copied) {
        this.transaction = transaction;
        this.index = index;
        this.types = types;
        this.hooks = hooks;
        this.copied = copied;
    }

    /**
     * @param reminders that are no Tasks yet
     * @return Tasks that are left to HAPI: they refer to what is not there, which HAPI refuses, or a hook made something else of them
     */
    List<Task> store(List<PlannedReminder> reminders, Instant now) {
        Hooks told = new Hooks(hooks, new SystemRequestDetails(), new TransactionDetails(new Date()));
        List<Task> plain = new ArrayList<>();
        List<Task> left = new ArrayList<>();
        transaction.execute(connection -> {
            Map<String, Target> targets = StoredTargets.find(connection, references(reminders));
            for (PlannedReminder reminder : reminders) {
                Task task = ReminderTasks.told(reminder, now);
                boolean copies = targets.keySet().containsAll(references(List.of(reminder)));
                if (copies) {
                    told.beforeStorage(task);
                    copies = task.equalsDeep(ReminderTasks.told(reminder, now));
                }
                (copies ? plain : left).add(task);
            }
            if (!plain.isEmpty()) {
                NewRows.write(
                        connection,
                        TaskIndex.TYPE,
                        types.getResourceTypeId(TaskIndex.TYPE),
                        plain.stream().map(index::read).toList(),
                        targets,
                        told.at());
            }
            return plain.size();
        });
        plain.forEach(task -> {
            task.setId(new IdType(TaskIndex.TYPE, task.getIdElement().getIdPart(), FIRST_VERSION));
            task.getMeta().setVersionId(FIRST_VERSION).setLastUpdated(told.at());
            told.beforeCommit(task);
        });
        copied.increment(plain.size());
        return left;
    }

    /** That are indexed. */
    private static Set<String> references(List<PlannedReminder> reminders) {
        return reminders.stream()
                .flatMap(reminder -> Stream.of("Patient/" + reminder.patient(), reminder.record()))
                .collect(Collectors.toSet());
    }
}
