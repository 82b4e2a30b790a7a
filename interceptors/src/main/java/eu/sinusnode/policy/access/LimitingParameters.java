package eu.sinusnode.policy.access;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The search parameters by which a part of a type's records can be meant: a Consent may permit some codes only, a scope
 * may give some codes or categories only. What a record says to each is read by the narrowing.
 */
public final class LimitingParameters {

    private static final Map<String, Of> BY_TYPE = new TreeMap<>(Map.ofEntries(
            Map.entry("AllergyIntolerance", new Of("code", null)),
            Map.entry("Condition", new Of("code", "category")),
            Map.entry("DiagnosticReport", new Of("code", "category")),
            Map.entry("DocumentReference", new Of("type", "category")),
            Map.entry("Encounter", new Of("type", null)),
            Map.entry("Immunization", new Of("vaccine-code", null)),
            Map.entry("List", new Of("code", null)),
            Map.entry("MedicationAdministration", new Of("code", null)),
            Map.entry("MedicationRequest", new Of("code", "category")),
            Map.entry("MedicationStatement", new Of("code", "category")),
            Map.entry("Observation", new Of("code", "category")),
            Map.entry("Procedure", new Of("code", "category")),
            Map.entry("ServiceRequest", new Of("code", "category"))));

    private record Of(String code, @Nullable String category) {}

    /** The security labels of a record: a Consent may name them on every type. */
    public static final String LABELS = "_security";

    private LimitingParameters() {}

    /** The types whose records can be limited at all. */
    public static Set<String> types() {
        return Set.copyOf(BY_TYPE.keySet());
    }

    /** The parameter of the code that a Consent may name; empty for a type that has none. */
    public static Optional<String> code(String resourceType) {
        return Optional.ofNullable(BY_TYPE.get(resourceType)).map(Of::code);
    }

    /** What the filter of a scope may name. */
    public static Set<String> all(String resourceType) {
        Set<String> all = new LinkedHashSet<>();
        code(resourceType).ifPresent(all::add);
        Optional.ofNullable(BY_TYPE.get(resourceType)).map(Of::category).ifPresent(all::add);
        return all;
    }
}
