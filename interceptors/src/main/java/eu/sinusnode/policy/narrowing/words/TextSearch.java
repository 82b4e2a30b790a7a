package eu.sinusnode.policy.narrowing.words;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the full text is asked: records of a type for which every condition holds. Who may be found stands in it, so that
 * no other record has a part in what is found or how much.
 *
 * @param narrative what the narrative must hold
 * @param content what all text of the record must hold
 * @param patients whose records; empty when {@code ids} says which
 * @param ids among these; empty when {@code patients} says whose
 * @param limits for each of them, the record is found by one of the values of that search parameter
 * @param excluded for each of them, the record is found by none of the values of that search parameter
 * @param present search parameters by some value of which the record is found
 * @param most how many records
 */
public record TextSearch(
        String resourceType,
        List<WordQuery> narrative,
        List<WordQuery> content,
        Set<String> patients,
        Set<String> ids,
        List<Map.Entry<String, Set<String>>> limits,
        List<Map.Entry<String, Set<String>>> excluded,
        Set<String> present,
        int most) {
    public TextSearch {
        narrative = List.copyOf(narrative);
        content = List.copyOf(content);
        patients = Set.copyOf(patients);
        ids = Set.copyOf(ids);
        limits = List.copyOf(limits);
        excluded = List.copyOf(excluded);
        present = Set.copyOf(present);
        if (patients.isEmpty() && ids.isEmpty()) {
            throw new IllegalArgumentException("A search for words must say among whose records.");
        }
    }
}
