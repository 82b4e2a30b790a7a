package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.RecordFacts;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Of several criteria one must hold: each is what one permit or one scope gives. */
public record Limit(Set<Criterion> alternatives) {

    public Limit {
        alternatives = Set.copyOf(alternatives);
    }

    boolean holdsFor(RecordFacts record) {
        return alternatives.stream().anyMatch(criterion -> criterion.holdsFor(record));
    }

    boolean isImpliedBy(SearchRequest search) {
        return alternatives.stream().anyMatch(criterion -> criterion.isImpliedBy(search));
    }

    /** Whether the search asks for other records only: it finds nothing, and the audit has to tell what was withheld. */
    boolean isExcludedBy(SearchRequest search) {
        return alternatives.stream().allMatch(criterion -> criterion.isExcludedBy(search));
    }

    /**
     * The search with this limit as conditions; empty when one search cannot say it, since its conditions must all hold
     * and the alternatives are about different parameters.
     */
    Optional<SearchRequest> addTo(SearchRequest search) {
        if (alternatives.size() == 1) {
            return Optional.of(alternatives.iterator().next().addTo(search));
        }
        Set<String> parameters = alternatives.stream()
                .flatMap(criterion -> criterion.values().keySet().stream())
                .collect(Collectors.toSet());
        boolean excluding = alternatives.stream()
                .anyMatch(criterion ->
                        !criterion.excluded().isEmpty() || !criterion.times().isEmpty());
        if (parameters.size() != 1 || excluding) {
            return Optional.empty();
        }
        String parameter = parameters.iterator().next();
        Set<String> all = new HashSet<>();
        alternatives.forEach(criterion -> all.addAll(criterion.values().getOrDefault(parameter, Set.of())));
        return Optional.of(Criterion.of(parameter, all).addTo(search));
    }
}
