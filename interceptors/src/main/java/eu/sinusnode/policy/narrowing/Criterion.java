package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.RecordFacts;
import eu.sinusnode.policy.consent.Validity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a record must carry: for each search parameter, one of its values at least; or what it must not carry: of one
 * parameter, some value, and none of these; or when its content was true.
 *
 * @param values by the name of a search parameter: {@code system|code}, or a reference {@code Type/id}
 * @param excluded likewise
 * @param times by the name of the search parameter of the type's time: one of them must hold
 */
public record Criterion(
        Map<String, Set<String>> values, Map<String, Set<String>> excluded, Map<String, Set<TimeEdge>> times) {

    private static final String NOT = ":not";
    private static final String MISSING = ":missing";
    /** Every record has one. */
    private static final String ID = "_id";

    public Criterion {
        values = sorted(values);
        excluded = sorted(excluded);
        times = sorted(times);
    }

    public Criterion(Map<String, Set<String>> values) {
        this(values, Map.of(), Map.of());
    }

    public static Criterion of(String parameter, Set<String> values) {
        return new Criterion(Map.of(parameter, values));
    }

    /** The record has values of the parameter, and none of these; of labels it need not have any. */
    public static Criterion not(String parameter, Set<String> excluded) {
        return new Criterion(Map.of(), Map.of(parameter, excluded), Map.of());
    }

    /** The record tells its time by the parameter, and that lies on the side of one of the edges. */
    static Criterion time(String parameter, Set<TimeEdge> edges) {
        return new Criterion(Map.of(), Map.of(), Map.of(parameter, edges));
    }

    /** Every record has an id, and one without a label carries none of those that are excluded. */
    private static boolean mustBeTold(String parameter) {
        return !parameter.equals(ID) && !parameter.equals(RecordFacts.LABELS);
    }

    private static <T> Map<String, Set<T>> sorted(Map<String, Set<T>> values) {
        Map<String, Set<T>> copy = new TreeMap<>();
        values.forEach((parameter, some) -> copy.put(parameter, Set.copyOf(some)));
        return Collections.unmodifiableMap(copy);
    }

    public boolean holdsFor(RecordFacts record) {
        return values.entrySet().stream()
                        .noneMatch(each -> Collections.disjoint(each.getValue(), record.values(each.getKey())))
                && excluded.entrySet().stream()
                        .allMatch(each -> (!mustBeTold(each.getKey())
                                        || !record.values(each.getKey()).isEmpty())
                                && Collections.disjoint(each.getValue(), record.values(each.getKey())))
                && times.values().stream().allMatch(edges -> liesOnOneSide(edges, record.time()));
    }

    private static boolean liesOnOneSide(Set<TimeEdge> edges, @Nullable Validity time) {
        return time != null && edges.stream().anyMatch(edge -> edge.holdsFor(time));
    }

    /** Whether the search's own conditions find only records for which this holds. */
    boolean isImpliedBy(SearchRequest search) {
        return values.entrySet().stream().allMatch(each -> search.occurrences(each.getKey()).stream()
                        .anyMatch(occurrence -> each.getValue().containsAll(SearchRequest.alternatives(occurrence))))
                && excluded.entrySet().stream().allMatch(each -> isExcludedAlready(search, each))
                && times.entrySet().stream().allMatch(each -> search.occurrences(each.getKey()).stream()
                        .anyMatch(occurrence ->
                                texts(each.getValue()).containsAll(SearchRequest.alternatives(occurrence))));
    }

    /** What carries one code may carry others too, so that asking for one excludes none. */
    private static boolean isExcludedAlready(SearchRequest search, Map.Entry<String, Set<String>> each) {
        return (!mustBeTold(each.getKey())
                        || search.occurrences(each.getKey() + MISSING).contains("false"))
                && (each.getValue().isEmpty()
                        || search.occurrences(each.getKey() + NOT).stream()
                                .anyMatch(occurrence ->
                                        SearchRequest.alternatives(occurrence).containsAll(each.getValue())));
    }

    /** Whether the search's own conditions leave no record for which this could hold. */
    boolean isExcludedBy(SearchRequest search) {
        return values.entrySet().stream().anyMatch(each -> search.occurrences(each.getKey()).stream()
                        .anyMatch(occurrence -> SearchRequest.alternatives(occurrence).stream()
                                .noneMatch(asked -> each.getValue().stream().anyMatch(value -> mayMean(asked, value)))))
                || excluded.entrySet().stream().anyMatch(each -> search.occurrences(each.getKey()).stream()
                        .anyMatch(occurrence -> each.getValue().containsAll(SearchRequest.alternatives(occurrence))));
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
        for (Map.Entry<String, Set<String>> each : excluded.entrySet()) {
            if (mustBeTold(each.getKey())) {
                result = result.and(each.getKey() + MISSING, List.of("false"));
            }
            if (!each.getValue().isEmpty()) {
                result = result.and(
                        each.getKey() + NOT,
                        each.getValue().stream()
                                .map(SearchRequest::escapeToken)
                                .sorted()
                                .toList());
            }
        }
        for (Map.Entry<String, Set<TimeEdge>> each : times.entrySet()) {
            result = result.and(each.getKey(), texts(each.getValue()));
        }
        return result;
    }

    private static List<String> texts(Set<TimeEdge> edges) {
        return edges.stream().map(TimeEdge::value).sorted().toList();
    }
}
