package eu.sinusnode.policy.access;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;

/** Where the authentication step leaves the Caller for the steps after it. */
public final class CurrentCaller {

    private static final String KEY = CurrentCaller.class.getName();

    private CurrentCaller() {}

    public static void set(RequestDetails request, Caller caller) {
        request.getUserData().put(KEY, caller);
    }

    public static Optional<Caller> find(RequestDetails request) {
        return Optional.ofNullable((Caller) request.getUserData().get(KEY));
    }

    /** @throws IllegalStateException when authentication did not come first; the request then fails, as it must */
    public static Caller require(RequestDetails request) {
        return find(request).orElseThrow(() -> new IllegalStateException("No caller has been identified."));
    }
}
