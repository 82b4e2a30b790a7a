package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.LimitingParameters;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs to know of a record.
 *
 * @param id without the type; null before it has one
 * @param values by the name of a search parameter, what the record is found by: {@code system|code} of its codings, a
 *     reference {@code Type/id}; only those parameters that some decision looks at
 * @param labels that it carries, or that its codes say
 * @param time when its content was true; null when that cannot be told
 * @param bonds who authored it, and what it belongs to
 * @param unsigned a finding that nobody answers for yet: registered, preliminary, or of unknown status
 */
public record RecordFacts(
        String resourceType,
        @Nullable String id,
        Ownership ownership,
        Map<String, Set<String>> values,
        Set<Code> labels,
        @Nullable Validity time,
        Bonds bonds,
        boolean unsigned) {

    /** The search parameter of the labels. */
    public static final String LABELS = LimitingParameters.LABELS;

    public RecordFacts {
        values = Map.copyOf(values);
        labels = Set.copyOf(labels);
    }

    /** Of which it is not known with what it hangs together. */
    public RecordFacts(
            String resourceType,
            @Nullable String id,
            Ownership ownership,
            Map<String, Set<String>> values,
            Set<Code> labels,
            @Nullable Validity time,
            boolean unsigned) {
        this(resourceType, id, ownership, values, labels, time, Bonds.UNTOLD, unsigned);
    }

    /** @param codes by which consent may limit the record, which tells no time */
    public RecordFacts(String resourceType, Ownership ownership, Set<Code> codes, boolean unsigned) {
        this(resourceType, ownership, codes, null, unsigned);
    }

    /** @param codes by which consent may limit the record */
    public RecordFacts(
            String resourceType, Ownership ownership, Set<Code> codes, @Nullable Validity time, boolean unsigned) {
        this(
                resourceType,
                null,
                ownership,
                Map.of(
                        ConsentPolicy.codeParameter(resourceType).orElse("code"),
                        codes.stream().map(Code::token).collect(Collectors.toSet())),
                Set.of(),
                time,
                unsigned);
    }

    /** The same with these labels. */
    public RecordFacts labelled(Set<Code> with) {
        return new RecordFacts(resourceType, id, ownership, values, with, time, bonds, unsigned);
    }

    public Set<String> values(String parameter) {
        if (parameter.equals(LABELS)) {
            return labels.stream().map(Code::token).collect(Collectors.toSet());
        }
        return parameter.equals("_id") && id != null ? Set.of(id) : values.getOrDefault(parameter, Set.of());
    }

    /** What consent looks at. */
    public ConsentedRecord consented() {
        Set<Code> codes = new HashSet<>();
        for (String token :
                ConsentPolicy.codeParameter(resourceType).map(this::values).orElse(Set.of())) {
            codes.add(Code.ofToken(token));
        }
        return new ConsentedRecord(
                resourceType, id == null ? null : resourceType + "/" + id, codes, labels, time, bonds);
    }
}
