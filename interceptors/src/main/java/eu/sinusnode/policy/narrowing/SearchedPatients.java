package eu.sinusnode.policy.narrowing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The patients that a search names, whether or not it finds anything of them. */
public final class SearchedPatients {

    private SearchedPatients() {}

    /** Whether records of the type are found by their patient at all. */
    public static boolean findsByPatient(String resourceType) {
        return OwnerParameters.of(resourceType).isPresent();
    }

    /** @param serverBase FHIR base URL; references below it are relative ones written out */
    public static Set<String> of(SearchRequest search, String serverBase) {
        Set<String> named = new LinkedHashSet<>();
        OwnerParameters.of(search.resourceType()).ifPresent(owner -> {
            SearchRequest inItsWords = owner.inItsWords(search, serverBase);
            owner.naming().stream()
                    .flatMap(name -> inItsWords.occurrences(name).stream())
                    .flatMap(occurrence -> SearchRequest.alternatives(occurrence).stream())
                    .forEach(value ->
                            OwnerParameters.patientId(value, serverBase).ifPresent(named::add));
        });
        return named;
    }

    /** @param serverBase FHIR base URL; references below it are relative ones written out */
    public static Set<String> of(String resourceType, Map<String, String[]> parameters, String serverBase) {
        Map<String, List<String>> occurrences = new LinkedHashMap<>();
        parameters.forEach((name, values) -> occurrences.put(name, List.of(values)));
        return of(new SearchRequest(resourceType, occurrences), serverBase);
    }
}
