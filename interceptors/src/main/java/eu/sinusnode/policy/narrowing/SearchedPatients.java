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
    public static Set<String> of(String resourceType, Map<String, String[]> parameters, String serverBase) {
        Set<String> named = new LinkedHashSet<>();
        OwnerParameters.of(resourceType).ifPresent(owner -> {
            SearchRequest asked = new SearchRequest(resourceType, occurrences(parameters));
            SearchRequest search = owner.inItsWords(asked, serverBase);
            owner.naming().stream()
                    .flatMap(name -> search.occurrences(name).stream())
                    .flatMap(occurrence -> SearchRequest.alternatives(occurrence).stream())
                    .forEach(value ->
                            OwnerParameters.patientId(value, serverBase).ifPresent(named::add));
        });
        return named;
    }

    private static Map<String, List<String>> occurrences(Map<String, String[]> parameters) {
        Map<String, List<String>> occurrences = new LinkedHashMap<>();
        parameters.forEach((name, values) -> occurrences.put(name, List.of(values)));
        return occurrences;
    }
}
