package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.StoredRecords;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/** References to what is stored; each record is read once for the one request that this serves. */
public final class StoredReferences implements References {

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})(/_history/[A-Za-z0-9\\-.]{1,64})?");

    /** No other type is ever stored; asking the storage for one would be an error. */
    private static final Set<String> TYPES = AccessMatrix.standard().resourceTypes();

    private final StoredRecords stored;
    private final String serverBase;
    private final Map<String, Optional<Resource>> known = new HashMap<>();

    /** @param serverBase FHIR base URL; references below it are relative ones written out */
    public StoredReferences(StoredRecords stored, String serverBase) {
        this.stored = stored;
        this.serverBase = serverBase;
    }

    @Override
    public Optional<String> canonical(String reference) {
        String relative =
                reference.startsWith(serverBase + "/") ? reference.substring(serverBase.length() + 1) : reference;
        Matcher form = RELATIVE.matcher(relative);
        return form.matches() ? Optional.of(form.group(1) + "/" + form.group(2)) : Optional.empty();
    }

    @Override
    public synchronized Optional<Resource> find(String canonical) {
        Optional<Resource> found = known.get(canonical);
        if (found == null) {
            int slash = canonical.indexOf('/');
            found = slash > 0 && TYPES.contains(canonical.substring(0, slash))
                    ? stored.current(canonical.substring(0, slash), canonical.substring(slash + 1))
                    : Optional.empty();
            known.put(canonical, found);
        }
        return found;
    }

    /** Asks for many at once which of them are not stored, so that {@link #find} need not ask for each. */
    public synchronized void expect(Collection<String> canonicals) {
        Set<String> possible = stored.possible(canonicals);
        canonicals.stream()
                .filter(canonical -> !possible.contains(canonical))
                .forEach(canonical -> known.putIfAbsent(canonical, Optional.empty()));
    }

    @Override
    public Set<String> shared(String resourceType, Collection<String> patientIds, int most) {
        return stored.shared(resourceType, patientIds, most);
    }
}
