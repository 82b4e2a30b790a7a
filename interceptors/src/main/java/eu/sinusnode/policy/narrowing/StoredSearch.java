package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.RecordSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/**
 * Runs a search with the server's own rights, so it must have been narrowed for the caller before. Parameters have no
 * chains, and none of them shapes the answer.
 */
public interface StoredSearch extends RecordSearch {

    /** The ids of what is found, without the type. */
    default List<String> ids(SearchRequest narrowed, int most) {
        return ids(narrowed.resourceType(), distinct(narrowed), most);
    }

    /**
     * What the records found refer to.
     *
     * @param parameter a reference parameter of the searched type
     * @param targetType only references to this type
     * @param mostFound how many records may be looked at
     * @return ids without the type; empty when there are more records than that
     */
    Optional<Set<String>> referenced(SearchRequest narrowed, String parameter, String targetType, int mostFound);

    List<Resource> records(SearchRequest narrowed, int most);

    /** A condition that is given twice says nothing more, and the storage takes it for a mistake. */
    static Map<String, List<String>> distinct(SearchRequest search) {
        Map<String, List<String>> distinct = new LinkedHashMap<>();
        search.parameters()
                .forEach((name, values) ->
                        distinct.put(name, values.stream().distinct().toList()));
        return distinct;
    }
}
