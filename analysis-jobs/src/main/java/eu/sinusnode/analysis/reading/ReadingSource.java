package eu.sinusnode.analysis.reading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where patients' readings come from. */
public interface ReadingSource {

    /**
     * The next patients whose consent opens anything to automated analysis.
     *
     * @param after id of the last patient of the range before; null begins at the first
     * @param patients how many at most
     * @param asOf nothing later is read
     * @throws eu.sinusnode.analysis.retry.TransientFailure when the server stays away
     */
    PatientRange read(@Nullable String after, int patients, Instant asOf);
}
