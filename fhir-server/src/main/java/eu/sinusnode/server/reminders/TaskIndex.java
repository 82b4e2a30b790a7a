package eu.sinusnode.server.reminders;

import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamDate;
import ca.uhn.fhir.jpa.model.entity.ResourceIndexedSearchParamToken;
import eu.sinusnode.server.copies.NewRecord;
import eu.sinusnode.server.copies.NewRecord.Link;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Task;

/** What is indexed of a new reminder: the entries that HAPI's extractor finds with FHIRPath (R4 Task, "Search Parameters"). */
final class TaskIndex {

    static final String TYPE = "Task";

    private static final Set<String> PARAMETERS =
            Set.of("authored-on", "code", "focus", "identifier", "intent", "modified", "patient", "priority", "status");

    private final PartitionSettings partitions;

    /**
     * @param indexed the parameters that the storage indexes of Tasks
     * @throws IllegalStateException when they are others than the ones that are read here
     */
    TaskIndex(PartitionSettings partitions, Set<String> indexed) {
        if (!indexed.equals(PARAMETERS)) {
            throw new IllegalStateException("The index of new reminders knows the search parameters "
                    + new TreeSet<>(PARAMETERS) + " of Tasks, but open are " + new TreeSet<>(indexed)
                    + "; TaskIndex has to know the same.");
        }
        this.partitions = partitions;
    }

    /** @param task as {@link ReminderTasks#task} makes it, without an identifier and a priority */
    NewRecord read(Task task) {
        Coding code = task.getCode().getCodingFirstRep();
        return new NewRecord(
                task.getIdElement().getIdPart(),
                TaskJson.of(task),
                List.of(
                        token("code", code.getSystem(), code.getCode()),
                        token(
                                "intent",
                                task.getIntent().getSystem(),
                                task.getIntent().toCode()),
                        token(
                                "status",
                                task.getStatus().getSystem(),
                                task.getStatus().toCode())),
                List.of(
                        date("authored-on", task.getAuthoredOnElement()),
                        date("modified", task.getLastModifiedElement())),
                List.of(),
                List.of(
                        new Link(
                                "Task.for.where(resolve() is Patient)",
                                task.getFor().getReference()),
                        new Link("Task.focus", task.getFocus().getReference())));
    }

    private ResourceIndexedSearchParamToken token(String parameter, String system, String value) {
        return new ResourceIndexedSearchParamToken(partitions, TYPE, parameter, system, value);
    }

    private ResourceIndexedSearchParamDate date(String parameter, DateTimeType at) {
        String text = at.getValueAsString();
        return new ResourceIndexedSearchParamDate(
                partitions, TYPE, parameter, at.getValue(), text, at.getValue(), text, text);
    }
}
