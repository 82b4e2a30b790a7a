package eu.sinusnode.analysis.facts;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clinicians have set for this patient in place of a rule's own limits. Of several for one measurement the strictest
 * holds: nobody's limit is silenced by somebody else's.
 *
 * @param set in the order of their references and codes
 */
public record PersonalLimits(List<Limit> set) {

    public static final PersonalLimits NONE = new PersonalLimits(List.of());

    public PersonalLimits {
        set = set.stream()
                .sorted(Comparator.comparing(Limit::reference).thenComparing(Limit::loinc))
                .toList();
    }

    /**
     * In the unit of the measurement.
     *
     * @param loinc of the measurement, for blood pressure that of the component
     * @param low values below are beyond it; null leaves the rule's own
     * @param high values above, or for pressure from it on, are beyond it; null leaves the rule's own
     * @param reference the version of the resource that sets it
     */
    public record Limit(
            String loinc, @Nullable Double low, @Nullable Double high, String reference) {}

    /** The limits of both. */
    public PersonalLimits and(PersonalLimits others) {
        return new PersonalLimits(
                Stream.concat(set.stream(), others.set.stream()).distinct().toList());
    }

    /** Those that one version sets. */
    public PersonalLimits setBy(String reference) {
        return new PersonalLimits(set.stream()
                .filter(limit -> limit.reference().equals(reference))
                .toList());
    }

    public double low(String loinc, double otherwise) {
        return values(loinc, Limit::low).max(Comparator.naturalOrder()).orElse(otherwise);
    }

    public double high(String loinc, double otherwise) {
        return values(loinc, Limit::high).min(Comparator.naturalOrder()).orElse(otherwise);
    }

    /** Versions of what sets any of these; without codes, of all. */
    public Set<String> references(String... codes) {
        TreeSet<String> references = new TreeSet<>();
        for (Limit limit : set) {
            if (codes.length == 0 || Arrays.asList(codes).contains(limit.loinc())) {
                references.add(limit.reference());
            }
        }
        return references;
    }

    /** For a flag's reasons; empty when nobody has set a limit of these. */
    public Optional<String> sentence(String... codes) {
        Set<String> references = references(codes);
        return references.isEmpty()
                ? Optional.empty()
                : Optional.of("A clinician has set the limit for this patient (%s)."
                        .formatted(String.join(", ", references)));
    }

    private Stream<Double> values(String loinc, Function<Limit, @Nullable Double> end) {
        return set.stream()
                .filter(limit -> limit.loinc().equals(loinc))
                .map(end)
                .filter(Objects::nonNull);
    }
}
