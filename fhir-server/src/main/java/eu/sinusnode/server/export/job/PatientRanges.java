package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom an export is about: the one patient that a patient or a representative acts for; for an organization everybody who
 * is linked to it and permits its purpose something, in the order of their ids.
 */
final class PatientRanges {

    private static final int COUNTED_AT_ONCE = 5_000;

    private final BulkDisclosure disclosure;
    private final Caller caller;
    private final Clock clock;

    PatientRanges(BulkDisclosure disclosure, Caller caller, Clock clock) {
        this.disclosure = disclosure;
        this.caller = caller;
        this.clock = clock;
    }

    /** @param facts of this range alone; what was read of a range before is not read again */
    List<Standing> next(PatientStandings facts, @Nullable String after, int most) {
        if (!caller.kind().actsAsPatient()) {
            return facts.permitted(after, most);
        }
        String patient = caller.patientId();
        return Stream.ofNullable(patient)
                .filter(id -> after == null || id.compareTo(after) > 0)
                .map(facts::of)
                .filter(Standing::related)
                .toList();
    }

    int count() {
        int count = 0;
        String after = null;
        while (true) {
            List<Standing> range = next(disclosure.standings(caller, clock.instant()), after, COUNTED_AT_ONCE);
            count += range.size();
            if (range.size() < COUNTED_AT_ONCE) {
                return count;
            }
            after = range.get(range.size() - 1).patientId();
        }
    }
}
