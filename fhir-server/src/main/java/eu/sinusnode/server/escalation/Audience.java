package eu.sinusnode.server.escalation;

import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/** Who is told of an overdue Task of one kind. */
interface Audience {

    /**
     * @param owner of the Task at present, as {@code Type/[id]}; null when it is everybody's
     * @return whom it is addressed to now; empty while the patient permits nobody to be told, or nobody is there
     */
    Optional<String> next(TaskDue due, Task task, @Nullable String owner, Instant now);
}
