package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom an export is about, some at a time. */
interface Ranges {

    /**
     * @param facts of this range alone; what was read of a range before is not read again
     * @param after the last patient of the range before; null for the first range
     * @return the next patients; none when there are no more
     */
    List<Standing> next(PatientStandings facts, @Nullable String after, int most);
}
