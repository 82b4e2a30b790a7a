package eu.sinusnode.policy.access;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** What is stored now, read with the server's own rights; policies use it to learn whose a record is before it changes. */
public interface StoredRecords {

    /** The current version, or empty when the id is unknown or deleted. */
    Optional<Resource> current(String resourceType, String id);

    /**
     * Those of the records that may be stored; what is left out is not. One question for many saves one for each.
     *
     * @param paths {@code Type/id}
     */
    default Set<String> possible(Collection<String> paths) {
        return Set.copyOf(paths);
    }

    /**
     * The ids of a type's records that one of the patients shares with somebody else, at most so many. Who the others are
     * decides whether a caller may find them.
     */
    Set<String> shared(String resourceType, Collection<String> patientIds, int most);
}
