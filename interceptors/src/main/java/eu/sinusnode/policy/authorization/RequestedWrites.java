package eu.sinusnode.policy.authorization;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;

/** The writes that the current request comes to, once it is settled which records they are of. */
public final class RequestedWrites {

    private static final String KEY = RequestedWrites.class.getName();

    private RequestedWrites() {}

    /** Empty for every request that writes nothing. */
    @SuppressWarnings("unchecked")
    public static List<RequestedWrite> of(RequestDetails request) {
        return (List<RequestedWrite>) request.getUserData().getOrDefault(KEY, List.of());
    }

    /** For the step that settles them. */
    public static void set(RequestDetails request, List<RequestedWrite> writes) {
        request.getUserData().put(KEY, List.copyOf(writes));
    }
}
