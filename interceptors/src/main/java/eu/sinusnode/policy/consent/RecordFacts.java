package eu.sinusnode.policy.consent;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a decision needs to know of a record.
 *
 * @param values by the name of a search parameter, what the record is found by: {@code system|code} of its codings, a
 *     reference {@code Type/id}; only those parameters that some decision looks at
 * @param unsigned a finding that nobody answers for yet: registered, preliminary, or of unknown status
 */
public record RecordFacts(String resourceType, Ownership ownership, Map<String, Set<String>> values, boolean unsigned) {
    public RecordFacts {
        values = Map.copyOf(values);
    }

    /** @param codes by which consent may limit the record */
    public RecordFacts(String resourceType, Ownership ownership, Set<Code> codes, boolean unsigned) {
        this(
                resourceType,
                ownership,
                Map.of(
                        ConsentPolicy.codeParameter(resourceType).orElse("code"),
                        codes.stream().map(Code::token).collect(Collectors.toSet())),
                unsigned);
    }

    public Set<String> values(String parameter) {
        return values.getOrDefault(parameter, Set.of());
    }
}
