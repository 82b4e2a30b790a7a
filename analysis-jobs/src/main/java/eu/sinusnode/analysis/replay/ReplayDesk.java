package eu.sinusnode.analysis.replay;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;

/** Where replays are asked for and answered. */
public interface ReplayDesk {

    /** Tasks that ask for a replay and are not answered, with ids and versions. */
    List<Task> open();

    /** @param version e.g. {@code Observation/17/_history/2}; empty when it is erased, withheld or not there */
    Optional<Observation> flag(String version);

    /** All that tell of a flag's versions. @param flag e.g. {@code Observation/17} */
    List<Provenance> provenances(String flag);

    /**
     * Stores the answer in place of the Task that was read.
     *
     * @return false when somebody was faster, or the patient is no longer open to the job
     */
    boolean answer(Task answered);
}
