package eu.sinusnode.therapy.print;

import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.TargetProgress;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;

/**
 * What a letter tells of the time that was looked at.
 *
 * @param from the first day
 * @param to the first day that does not count any more
 */
public record Reached(LocalDate from, LocalDate to, List<Activity> activities, List<Target> targets) {

    public Reached {
        activities = List.copyOf(activities);
        targets = List.copyOf(targets);
    }

    /** Whether an activity was kept, or why that is not known. */
    public sealed interface Activity {

        String name();

        /** How it was done. */
        enum Way {
            MEASURED,
            TAKEN,
            DONE
        }

        record Counted(String name, Way way, Kept kept) implements Activity {}

        record NotComputable(String name, String because) implements Activity {}
    }

    /** A goal's target, in what is measured, with how it stands. */
    public record Target(CodeableConcept goal, CodeableConcept measure, TargetProgress progress) {}
}
