package eu.sinusnode.policy.access;

import java.util.List;
import java.util.Map;

/** Finds records with the server's own rights: what it is asked must be narrowed to what the caller may find. */
public interface RecordSearch {

    /**
     * The ids of the records that a type search finds.
     *
     * @param parameters by name, each occurrence one string as in a URL, not percent-encoded
     * @param most how many at most
     */
    List<String> ids(String resourceType, Map<String, List<String>> parameters, int most);
}
