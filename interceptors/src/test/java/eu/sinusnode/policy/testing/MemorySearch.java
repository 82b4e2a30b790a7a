package eu.sinusnode.policy.testing;

import ca.uhn.fhir.util.FhirTerser;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.StoredSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Searches what the providers hold, and remembers what it was asked. */
public final class MemorySearch implements StoredSearch {

    /** Every search that the server made besides those of the request. */
    public final List<SearchRequest> asked = new ArrayList<>();

    private final Map<String, MemoryProvider<?>> providers;

    public MemorySearch(Map<String, MemoryProvider<?>> providers) {
        this.providers = providers;
    }

    @Override
    public List<String> ids(String resourceType, Map<String, List<String>> parameters, int most) {
        asked.add(new SearchRequest(resourceType, parameters));
        return Objects.requireNonNull(providers.get(resourceType)).ids(parameters, most);
    }

    @Override
    public Optional<Set<String>> referenced(
            SearchRequest narrowed, String parameter, String targetType, int mostFound) {
        List<Resource> found = records(narrowed, mostFound + 1);
        return found.size() > mostFound
                ? Optional.empty()
                : Optional.of(found.stream()
                        .flatMap(record -> references(record, targetType).stream())
                        .collect(Collectors.toSet()));
    }

    @Override
    public List<Resource> records(SearchRequest narrowed, int most) {
        asked.add(narrowed);
        return Objects.requireNonNull(providers.get(narrowed.resourceType())).found(narrowed).stream()
                .limit(most)
                .toList();
    }

    static String path(Resource record) {
        return record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    /** The ids of what a record names of a type, by whichever element. */
    static Set<String> references(Resource record, String targetType) {
        return new FhirTerser(PolicyServer.FHIR)
                .getAllPopulatedChildElementsOfType(record, Reference.class).stream()
                        .map(Reference::getReference)
                        .filter(reference -> reference.startsWith(targetType + "/"))
                        .map(reference ->
                                reference.substring(targetType.length() + 1).replaceAll("/_history/.*", ""))
                        .collect(Collectors.toSet());
    }
}
