package eu.sinusnode.policy.narrowing;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The patients that a search names, whether or not it finds anything of them. */
public final class SearchedPatients {

    private SearchedPatients() {}

    /** Whether records of the type are found by their patient at all. */
    public static boolean findsByPatient(String resourceType) {
        return OwnerParameters.of(resourceType).isPresent();
    }

    /** The parameter that finds a patient's records of the type, {@code _id} for Patients; empty when there is none. */
    public static Optional<String> parameter(String resourceType) {
        return OwnerParameters.of(resourceType).map(OwnerParameters::narrowing);
    }

    /**
     * @param search without chains: whom a condition through a reference stands for is named by it, too
     * @param serverBase FHIR base URL; references below it are relative ones written out
     */
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
}
