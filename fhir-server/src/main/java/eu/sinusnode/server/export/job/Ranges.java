package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whom an export is about, some at a time. */
interface Ranges {

    /** How many are read at once to be counted. */
    int COUNTED_AT_ONCE = 5_000;

    /**
     * @param chosen only these patients; null for everybody whom the caller may have
     * @param withdrawing patients who are linked to the organization and may permit nothing any more
     */
    static Ranges of(Caller caller, @Nullable Set<String> chosen, SortedSet<String> withdrawing) {
        Ranges everybody = new PatientRanges(caller, withdrawing);
        if (chosen == null) {
            return everybody;
        }
        return caller.kind().actsAsPatient()
                ? (facts, after, most) -> everybody.next(facts, after, most).stream()
                        .filter(standing -> chosen.contains(standing.patientId()))
                        .toList()
                : new ChosenRanges(chosen, withdrawing);
    }

    /**
     * @param facts of this range alone; what was read of a range before is not read again
     * @param after the last patient of the range before; null for the first range
     * @return the next patients; none when there are no more
     */
    List<Standing> next(PatientStandings facts, @Nullable String after, int most);

    /** @param facts read anew for each range */
    default int count(Supplier<PatientStandings> facts) {
        int count = 0;
        String after = null;
        List<Standing> range = next(facts.get(), after, COUNTED_AT_ONCE);
        while (!range.isEmpty()) {
            count += range.size();
            after = range.get(range.size() - 1).patientId();
            range = next(facts.get(), after, COUNTED_AT_ONCE);
        }
        return count;
    }
}
