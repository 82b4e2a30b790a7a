package eu.sinusnode.therapy.triage;

import org.hl7.fhir.r4.model.Task.TaskPriority;

/**
 * How soon somebody should look, the most urgent first; the names are those of FHIR's request-priority. Nothing is routine: what
 * is not known of somebody who is uncertain is no sign that nothing is wrong.
 */
public enum Urgency {
    STAT(TaskPriority.STAT),
    ASAP(TaskPriority.ASAP),
    URGENT(TaskPriority.URGENT);

    private final TaskPriority priority;

    Urgency(TaskPriority priority) {
        this.priority = priority;
    }

    /** Of the Task that asks somebody to look. */
    public TaskPriority priority() {
        return priority;
    }
}
