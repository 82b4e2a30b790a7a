package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/**
 * Records of the storage by the numbers of its rows, for those who decide on each of them. It looks with the server's own
 * rights.
 */
public interface WideRows {

    /** What matches the conditions on the record itself, whosever it is, in the order of the search. */
    List<Long> first(WideSearch search, int most);

    /**
     * Those of patients who are linked to the caller and permit it something of the type, in the order in which they are
     * given. It is never stricter than the rules by which records are decided.
     */
    List<Long> permitted(List<Long> rows, String resourceType, Caller caller, Instant at);

    /** As they are now, by their rows; what has been deleted is missing. */
    Map<Long, Resource> records(List<Long> rows);

    /**
     * What records name.
     *
     * @param resourceType of the rows
     * @param parameter a reference parameter of that type
     * @param targetType only references to this type
     * @return ids without the type, by row; a row that names none is missing
     */
    Map<Long, Set<String>> references(List<Long> rows, String resourceType, String parameter, String targetType);
}
