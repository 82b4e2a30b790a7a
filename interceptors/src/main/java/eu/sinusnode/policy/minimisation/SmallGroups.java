package eu.sinusnode.policy.minimisation;

import java.util.Comparator;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Patient;

/**
 * How exactly each Patient of a delivery is told, so that everybody is one of at least k who look the same (k-anonymity,
 * Samarati and Sweeney 1998; local recoding). A group of fewer is told by sex and decade of birth; where that is still too
 * few, nothing is told of it. Should those of whom nothing is told be fewer than k themselves, the smallest other groups
 * join them. When all together are fewer than k, nobody is told.
 */
public final class SmallGroups {

    private static final QuasiIdentifiers NOTHING = new QuasiIdentifiers("", false, 0, "");

    private final SortedMap<QuasiIdentifiers, Integer> exact;
    private final SortedMap<QuasiIdentifiers, Integer> decades;
    private final int patients;
    private final int bound;

    private SmallGroups(
            SortedMap<QuasiIdentifiers, Integer> exact,
            SortedMap<QuasiIdentifiers, Integer> decades,
            int patients,
            int bound) {
        this.exact = exact;
        this.decades = decades;
        this.patients = patients;
        this.bound = bound;
    }

    /**
     * @param counts by group, everybody whom the recipient may have
     * @param bound k, the fewest of whom a group is told
     */
    public static SmallGroups of(Map<QuasiIdentifiers, Integer> counts, int bound) {
        SortedMap<QuasiIdentifiers, Integer> exact = new TreeMap<>(counts);
        exact.remove(NOTHING);
        SortedMap<QuasiIdentifiers, Integer> decades = new TreeMap<>();
        int untold = counts.getOrDefault(NOTHING, 0);
        for (QuasiIdentifiers small : below(exact, bound)) {
            decades.merge(small.ofDecade(), exact.remove(small), Integer::sum);
        }
        for (QuasiIdentifiers small : below(decades, bound)) {
            untold += decades.remove(small);
        }
        while (untold > 0 && untold < bound && !(exact.isEmpty() && decades.isEmpty())) {
            SortedMap<QuasiIdentifiers, Integer> from = decades.isEmpty() ? exact : decades;
            untold += from.remove(smallest(from));
        }
        return new SmallGroups(
                exact,
                decades,
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                bound);
    }

    private static Set<QuasiIdentifiers> below(SortedMap<QuasiIdentifiers, Integer> groups, int bound) {
        return groups.entrySet().stream()
                .filter(group -> group.getValue() < bound)
                .map(Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static QuasiIdentifiers smallest(SortedMap<QuasiIdentifiers, Integer> groups) {
        return groups.entrySet().stream()
                .min(Comparator.comparing(Entry<QuasiIdentifiers, Integer>::getValue)
                        .thenComparing(Entry::getKey))
                .orElseThrow()
                .getKey();
    }

    /** Whether there are too few for anybody to be told. */
    public boolean areTooFew() {
        return patients < bound;
    }

    /** How many are told less exactly than the form allows: 0, or k at least. */
    public int generalised() {
        return patients - exact.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The Patient, or one that tells less; of a group that was not counted, nothing.
     *
     * @param group of the Patient
     */
    public Patient told(Patient patient, QuasiIdentifiers group) {
        if (exact.containsKey(group)) {
            return patient;
        }
        Patient less = patient.copy();
        (decades.containsKey(group.ofDecade()) ? group.ofDecade() : NOTHING).tellOn(less);
        PrivacyLabels.label(less, PrivacyLabels.ABSTRED);
        return less;
    }
}
