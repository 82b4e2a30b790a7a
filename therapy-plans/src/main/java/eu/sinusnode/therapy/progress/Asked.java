package eu.sinusnode.therapy.progress;

import eu.sinusnode.therapy.timing.Recurrence;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;

/** What a version of a plan asked for of one activity. */
public sealed interface Asked {

    /**
     * @param what by which code it is measured; of an intake the medicine, of a Task its code
     * @param due when, as if this version held for ever
     */
    record Due(CodeableConcept what, List<Recurrence> due) implements Asked {
        public Due {
            due = List.copyOf(due);
        }
    }

    /** It cannot be said when. */
    record Unsaid(String because) implements Asked {}
}
