package eu.sinusnode.policy.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** What is stored now, read with the server's own rights; policies use it to learn whose a record is before it changes. */
public interface StoredRecords {

    /** The current version, or empty when the id is unknown or deleted. */
    Optional<Resource> current(String resourceType, String id);

    /** What a deleted record was in its last version; empty for every other id, and where nothing is kept of it. */
    default Optional<Resource> beforeDeletion(String resourceType, String id) {
        return Optional.empty();
    }

    /**
     * The current versions of many; one question for all of them saves one for each.
     *
     * @param paths {@code Type/id}
     * @return by path; without what is unknown or deleted
     */
    default Map<String, Resource> currentOf(Collection<String> paths) {
        Map<String, Resource> found = new HashMap<>();
        for (String path : paths) {
            int slash = path.indexOf('/');
            current(path.substring(0, slash), path.substring(slash + 1)).ifPresent(record -> found.put(path, record));
        }
        return found;
    }
}
