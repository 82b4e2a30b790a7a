package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** The stored records that the sender of a request has brought itself, and brings again. */
public final class BroughtBefore {

    private static final String KEY = BroughtBefore.class.getName();

    private BroughtBefore() {}

    /**
     * Notes a record, for the gate.
     *
     * @return the condition by which the storage finds it
     */
    public static String note(RequestDetails request, String resourceType, String id) {
        Set<String> paths = new HashSet<>(paths(request));
        paths.add(resourceType + "/" + id);
        request.getUserData().put(KEY, paths);
        return resourceType + "?_id=" + id;
    }

    public static boolean has(RequestDetails request, Resource record) {
        return paths(request)
                .contains(record.fhirType() + "/" + record.getIdElement().getIdPart());
    }

    @SuppressWarnings("unchecked")
    private static Set<String> paths(RequestDetails request) {
        return (Set<String>) request.getUserData().getOrDefault(KEY, Set.of());
    }
}
