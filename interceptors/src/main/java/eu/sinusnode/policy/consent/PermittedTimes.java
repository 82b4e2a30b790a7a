package eu.sinusnode.policy.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The times of which all records of a type that carry a code are permitted, whatever other codes they carry: for readers
 * who know one code and one moment of each record.
 */
public final class PermittedTimes {

    /** Of every record, also one that tells no time. */
    public static final List<Validity> ALL = List.of(new Validity(Instant.MIN, null));

    private PermittedTimes() {}

    /**
     * Stretches in their order, of which no two touch; empty when nothing is permitted, or that cannot be told. Records
     * that are denied one by one, and those that carry labels, are not looked at; the reader leaves them out.
     *
     * @param directives of one patient
     */
    public static List<Validity> of(
            Collection<Directive> directives, ConsentRequest request, String resourceType, Code code, Instant at) {
        List<Directive> ofMany = directives.stream()
                .filter(directive -> directive.permits() || directive.target().instance() == null)
                .toList();
        if (ConsentRules.permitAllWith(ofMany, request, resourceType, code, false, null, at)) {
            return ALL;
        }
        List<Validity> permitted = new ArrayList<>();
        for (Validity stretch : stretches(ofMany)) {
            if (ConsentRules.permitAllWith(ofMany, request, resourceType, code, false, stretch, at)) {
                add(permitted, stretch);
            }
        }
        return permitted;
    }

    /** The records, {@code Type/id}, that a deny of single records is about. */
    public static Set<String> deniedRecords(Collection<Directive> directives, ConsentRequest request, Instant at) {
        return directives.stream()
                .filter(directive -> !directive.permits() && request.isMeantBy(directive, at))
                .flatMap(directive -> Stream.ofNullable(directive.target().instance()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a rule is about some labels: then it cannot be told which of the records that carry any are permitted. */
    public static boolean dependOnLabels(Collection<Directive> directives, ConsentRequest request, Instant at) {
        return directives.stream()
                .anyMatch(directive -> request.isMeantBy(directive, at)
                        && !directive.target().labels().isEmpty());
    }

    /** Within each of them no rule's period begins or ends. */
    private static List<Validity> stretches(Collection<Directive> directives) {
        Set<Instant> edges = new TreeSet<>();
        directives.stream()
                .map(directive -> directive.target().dataPeriod())
                .flatMap(PermittedTimes::edges)
                .forEach(edges::add);
        List<Validity> stretches = new ArrayList<>();
        Instant from = Instant.MIN;
        for (Instant edge : edges) {
            stretches.add(new Validity(from, edge));
            from = edge;
        }
        stretches.add(new Validity(from, null));
        return stretches;
    }

    private static Stream<Instant> edges(@Nullable Validity period) {
        return period == null
                ? Stream.empty()
                : Stream.concat(Stream.of(period.from()), Stream.ofNullable(period.to()))
                        .filter(edge -> !edge.equals(Instant.MIN));
    }

    private static void add(List<Validity> permitted, Validity stretch) {
        int last = permitted.size() - 1;
        if (last >= 0 && stretch.from().equals(permitted.get(last).to())) {
            permitted.set(last, new Validity(permitted.get(last).from(), stretch.to()));
        } else {
            permitted.add(stretch);
        }
    }
}
