package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose search a page link continues. A page has its search's total and was narrowed for one caller, so to everybody else
 * the link is one that has expired; so it is when this server was started anew, or has since made very many searches.
 */
public final class PageOwners {

    private static final int MOST = 100_000;

    /** Everything of a caller that narrows a search: a new token of the same client, person and scopes goes on with it. */
    private record Owner(List<@Nullable Object> of) {
        static Owner of(Caller caller) {
            return new Owner(Arrays.asList(
                    caller.kind(),
                    caller.clientId(),
                    caller.organizationId(),
                    caller.fhirUser(),
                    caller.patientId(),
                    caller.scopes()));
        }
    }

    private final Map<String, Owner> owners = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Owner> eldest) {
            return size() > MOST;
        }
    };

    /** @param searchId the {@code _getpages} of a link */
    public synchronized void keep(String searchId, Caller caller) {
        owners.put(searchId, Owner.of(caller));
    }

    public synchronized boolean isOwner(String searchId, Caller caller) {
        return Owner.of(caller).equals(owners.get(searchId));
    }
}
