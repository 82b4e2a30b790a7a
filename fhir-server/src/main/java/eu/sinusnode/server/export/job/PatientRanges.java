package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom an export is about: the one patient that a patient or a representative acts for; for an organization everybody who
 * is linked to it and permits its purpose something or did so the last time, in the order of their ids.
 */
final class PatientRanges implements Ranges {

    private final Caller caller;
    private final SortedSet<String> withdrawing;

    /** @param withdrawing patients who are linked to the organization and may permit nothing any more */
    PatientRanges(Caller caller, SortedSet<String> withdrawing) {
        this.caller = caller;
        this.withdrawing = withdrawing;
    }

    @Override
    public List<Standing> next(PatientStandings facts, @Nullable String after, int most) {
        if (!caller.kind().actsAsPatient()) {
            return withWithdrawing(facts, facts.permitted(after, most), after, most);
        }
        String patient = caller.patientId();
        return Stream.ofNullable(patient)
                .filter(id -> after == null || id.compareTo(after) > 0)
                .map(facts::of)
                .filter(Standing::related)
                .toList();
    }

    private List<Standing> withWithdrawing(
            PatientStandings facts, List<Standing> permitted, @Nullable String after, int most) {
        List<String> further = withdrawing.stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .limit(most)
                .toList();
        if (further.isEmpty()) {
            return permitted;
        }
        SortedMap<String, Standing> all = new TreeMap<>(facts.of(further));
        permitted.forEach(standing -> all.put(standing.patientId(), standing));
        return all.values().stream().limit(most).toList();
    }
}
