package eu.sinusnode.analysis.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patients in the order of their ids.
 *
 * @param last id to go on after; null when the range is empty
 * @param more whether patients follow
 * @param sequence what was changed by then is in it; to be given as {@link RangeRequest#since} later
 */
public record PatientRange(
        List<PatientReadings> patients, @Nullable String last, boolean more, long sequence) {}
