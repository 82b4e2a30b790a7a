package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Patients whom an organization has named, in the order of their ids: those of them whom it would have without naming them.
 * Nothing of the others is read, whether they are there or not.
 */
final class ChosenRanges implements Ranges {

    private final NavigableSet<String> chosen;
    private final Set<String> withdrawing;

    /** @param withdrawing patients who are linked to the organization and may permit nothing any more */
    ChosenRanges(Collection<String> chosen, Set<String> withdrawing) {
        this.chosen = new TreeSet<>(chosen);
        this.withdrawing = withdrawing;
    }

    @Override
    public List<Standing> next(PatientStandings facts, @Nullable String after, int most) {
        Iterator<String> rest = (after == null ? chosen : chosen.tailSet(after, false)).iterator();
        List<Standing> range = new ArrayList<>();
        while (range.isEmpty() && rest.hasNext()) {
            List<String> some = new ArrayList<>();
            while (rest.hasNext() && some.size() < most) {
                some.add(rest.next());
            }
            facts.of(some).values().stream().filter(this::isOne).forEach(range::add);
        }
        return range;
    }

    private boolean isOne(Standing standing) {
        return standing.related()
                && (standing.directives().stream().anyMatch(Directive::permits)
                        || withdrawing.contains(standing.patientId()));
    }
}
