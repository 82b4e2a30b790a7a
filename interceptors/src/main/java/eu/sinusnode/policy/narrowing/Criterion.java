package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.RecordFacts;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a record must carry: for each search parameter, one of its values at least.
 *
 * @param values by the name of a search parameter: {@code system|code}, or a reference {@code Type/id}
 */
public record Criterion(Map<String, Set<String>> values) {

    public Criterion {
        Map<String, Set<String>> copy = new TreeMap<>();
        values.forEach((parameter, some) -> copy.put(parameter, Set.copyOf(some)));
        values = Collections.unmodifiableMap(copy);
    }

    public static Criterion of(String parameter, Set<String> values) {
        return new Criterion(Map.of(parameter, values));
    }

    public boolean holdsFor(RecordFacts record) {
        return values.entrySet().stream()
                .noneMatch(each -> Collections.disjoint(each.getValue(), record.values(each.getKey())));
    }

    /** Whether the search's own conditions find only records for which this holds. */
    boolean isImpliedBy(SearchRequest search) {
        return values.entrySet().stream().allMatch(each -> search.occurrences(each.getKey()).stream()
                .anyMatch(occurrence -> each.getValue().containsAll(SearchRequest.alternatives(occurrence))));
    }

    /** Whether the search's own conditions leave no record for which this could hold. */
    boolean isExcludedBy(SearchRequest search) {
        return values.entrySet().stream().anyMatch(each -> search.occurrences(each.getKey()).stream()
                .anyMatch(occurrence -> SearchRequest.alternatives(occurrence).stream()
                        .noneMatch(asked -> each.getValue().stream().anyMatch(value -> mayMean(asked, value)))));
    }

    /** A token without a system, or without a code, stands for all of them. */
    private static boolean mayMean(String asked, String value) {
        int bar = asked.lastIndexOf('|');
        int of = value.lastIndexOf('|');
        String system = bar < 0 ? "" : asked.substring(0, bar);
        String code = asked.substring(bar + 1);
        return of < 0
                ? asked.equals(value)
                : (system.isEmpty() || system.equals(value.substring(0, of)))
                        && (code.isEmpty() || code.equals(value.substring(of + 1)));
    }

    SearchRequest addTo(SearchRequest search) {
        SearchRequest result = search;
        for (Map.Entry<String, Set<String>> each : values.entrySet()) {
            result = result.and(
                    each.getKey(),
                    each.getValue().stream()
                            .map(SearchRequest::escapeToken)
                            .sorted()
                            .toList());
        }
        return result;
    }
}
