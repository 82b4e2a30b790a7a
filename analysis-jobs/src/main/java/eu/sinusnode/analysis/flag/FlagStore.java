package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.risk.ModelIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Task;

/** Where flags are read back from and written to. */
public interface FlagStore {

    /** Every flag and summary of a patient, signed and withdrawn ones too, with ids and versions. */
    List<Observation> flagsOf(String patient);

    /**
     * The same of many patients at once, by plain id. Who has no entry is not known to have none: a search for many leaves
     * out whose consent limits it in another way than the others'.
     */
    Map<String, List<Observation>> flagsOfMany(Collection<String> patients);

    /** Every sign-off Task of a patient, closed ones too, with ids and versions. */
    List<Task> signOffTasksOf(String patient);

    /** The algorithm's Device, e.g. {@code Device/17}; it is made when there is none yet. */
    String deviceOf(ModelIdentity identity);

    /**
     * Stores all of the transaction or nothing.
     *
     * @throws eu.sinusnode.analysis.retry.TransientFailure when it is not known to be stored, or another writer was
     *     faster: what is there has to be read again before anything more is written
     * @throws WriteRefused when the server will not take it
     */
    void write(Bundle transaction);
}
