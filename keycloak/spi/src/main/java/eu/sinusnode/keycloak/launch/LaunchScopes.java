package eu.sinusnode.keycloak.launch;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.UserModel;

/** The scopes of SMART App Launch that mean something beside access to data. */
public final class LaunchScopes {

    /** Started from a portal, which has chosen the patient. */
    public static final String EHR = "launch";
    /** Started by itself: the patient is chosen at the login. */
    public static final String STANDALONE = "launch/patient";

    public static final String OFFLINE = "offline_access";
    public static final String ONLINE = "online_access";

    private LaunchScopes() {}

    /** The names in a {@code scope} parameter or claim. */
    public static Set<String> parse(@Nullable String scope) {
        return scope == null
                ? Set.of()
                : Arrays.stream(scope.split(" "))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether tokens of these scopes carry a patient. */
    public static boolean askForPatient(Set<String> scopes) {
        return scopes.contains(EHR) || scopes.contains(STANDALONE);
    }

    /** Whether a scope that the client may ask for is granted to this user: one of its roles must be the user's. */
    public static boolean granted(ClientModel client, UserModel user, String name) {
        ClientScopeModel scope = client.getClientScopes(false).get(name);
        if (scope == null) {
            return false;
        }
        return scope.getScopeMappingsStream().findAny().isEmpty()
                || scope.getScopeMappingsStream().anyMatch(user::hasRole);
    }
}
