package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.StoredRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** References to what is stored; each record is read once for the one request that this serves. */
public final class StoredReferences implements References {

    /** No other type is ever stored; asking the storage for one would be an error. */
    private static final Set<String> TYPES = AccessMatrix.standard().resourceTypes();

    private final StoredRecords stored;
    private final String belowServer;
    private final Map<String, Optional<Resource>> known = new HashMap<>();

    /** @param serverBase FHIR base URL; references below it are relative ones written out */
    public StoredReferences(StoredRecords stored, String serverBase) {
        this.stored = stored;
        this.belowServer = serverBase + "/";
    }

    @Override
    public Optional<String> canonical(String reference) {
        return RelativeReference.canonical(
                reference.startsWith(belowServer) ? reference.substring(belowServer.length()) : reference);
    }

    @Override
    public synchronized Optional<Resource> find(String canonical) {
        Optional<Resource> found = known.get(canonical);
        if (found == null) {
            int slash = canonical.indexOf('/');
            found = isOfKnownType(canonical)
                    ? stored.current(canonical.substring(0, slash), canonical.substring(slash + 1))
                    : Optional.empty();
            known.put(canonical, found);
        }
        return found;
    }

    /** Reads at once what {@link #find} will be asked for one by one. */
    public synchronized void expect(Collection<String> canonicals) {
        List<String> unread = canonicals.stream()
                .distinct()
                .filter(canonical -> !known.containsKey(canonical) && isOfKnownType(canonical))
                .toList();
        if (!unread.isEmpty()) {
            Map<String, Resource> read = stored.currentOf(unread);
            unread.forEach(canonical -> known.put(canonical, Optional.ofNullable(read.get(canonical))));
        }
    }

    private static boolean isOfKnownType(String canonical) {
        int slash = canonical.indexOf('/');
        return slash > 0 && TYPES.contains(canonical.substring(0, slash));
    }
}
