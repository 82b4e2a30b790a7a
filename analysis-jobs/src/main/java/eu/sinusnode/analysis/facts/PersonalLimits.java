package eu.sinusnode.analysis.facts;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a clinician has set for this patient in place of a rule's own limits.
 *
 * @param ranges by the LOINC code of the measurement, for blood pressure that of the component
 */
public record PersonalLimits(Map<String, Range> ranges) {

    public static final PersonalLimits NONE = new PersonalLimits(Map.of());

    /**
     * In the unit of the measurement.
     *
     * @param low values below are beyond it; null leaves the rule's own
     * @param high values above, or for pressure from it on, are beyond it; null leaves the rule's own
     * @param reference the version of the resource that sets it
     */
    public record Range(@Nullable Double low, @Nullable Double high, String reference) {}

    public double low(String loinc, double otherwise) {
        Range range = ranges.get(loinc);
        return range == null || range.low() == null ? otherwise : range.low();
    }

    public double high(String loinc, double otherwise) {
        Range range = ranges.get(loinc);
        return range == null || range.high() == null ? otherwise : range.high();
    }

    /** Versions of what sets any of these. */
    public Set<String> references(String... codes) {
        TreeSet<String> references = new TreeSet<>();
        for (String loinc : codes) {
            Range range = ranges.get(loinc);
            if (range != null) {
                references.add(range.reference());
            }
        }
        return references;
    }
}
