package eu.sinusnode.analysis.reading;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Patients in the order of their ids.
 *
 * @param beside what each patient's record holds beside readings: codes and resource types; of whom it says nothing,
 *     nothing is known
 * @param last id to go on after; null when the range is empty
 * @param more whether patients follow
 * @param sequence what was changed by then is in it; to be given as {@link RangeRequest#since} later
 */
public record PatientRange(
        List<PatientReadings> patients,
        Map<String, Set<String>> beside,
        @Nullable String last,
        boolean more,
        long sequence) {

    /** Whether it is worth asking. */
    public boolean mayHave(String patient, String what) {
        Set<String> there = beside.get(patient);
        return there == null || there.contains(what);
    }

    public PatientRange with(List<PatientReadings> complete) {
        return new PatientRange(complete, beside, last, more, sequence);
    }
}
