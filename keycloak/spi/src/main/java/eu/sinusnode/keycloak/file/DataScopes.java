package eu.sinusnode.keycloak.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.ScopeMappingRepresentation;

/**
 * The scopes of a realm that open data (SMART App Launch, "Scopes for requesting FHIR Resources"): more than a thousand,
 * since Keycloak compares names and knows no wildcard.
 *
 * @param roles by a scope's name, who may have it; a scope without an entry is for everybody who asks
 * @param optional by client id, the scopes that the client may ask for
 */
record DataScopes(
        List<ClientScopeRepresentation> scopes, Map<String, Set<String>> roles, Map<String, Set<String>> optional) {

    private static final List<String> CONTEXTS = List.of("patient/", "user/", "system/");

    DataScopes {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
        optional = Map.copyOf(optional);
    }

    /** The realm loses them; all else of it stays. */
    static DataScopes takenOutOf(RealmRepresentation realm) {
        List<ClientScopeRepresentation> scopes = new ArrayList<>();
        if (realm.getClientScopes() != null) {
            realm.getClientScopes().removeIf(scope -> isOfData(scope.getName()) && scopes.add(scope));
        }
        Map<String, Set<String>> roles = new HashMap<>();
        if (realm.getScopeMappings() != null) {
            realm.getScopeMappings().removeIf(mapping -> takeRoles(mapping, roles));
        }
        Map<String, Set<String>> optional = new LinkedHashMap<>();
        if (realm.getClients() != null) {
            realm.getClients().forEach(client -> takeOptional(client, optional));
        }
        return new DataScopes(scopes, roles, optional);
    }

    private static boolean takeRoles(ScopeMappingRepresentation mapping, Map<String, Set<String>> roles) {
        String scope = mapping.getClientScope();
        if (scope == null || !isOfData(scope)) {
            return false;
        }
        roles.computeIfAbsent(scope, none -> new HashSet<>()).addAll(mapping.getRoles());
        return true;
    }

    private static void takeOptional(ClientRepresentation client, Map<String, Set<String>> optional) {
        if (client.getOptionalClientScopes() == null) {
            return;
        }
        Set<String> taken = new HashSet<>();
        client.getOptionalClientScopes().removeIf(scope -> isOfData(scope) && taken.add(scope));
        if (!taken.isEmpty()) {
            optional.put(client.getClientId(), taken);
        }
    }

    private static boolean isOfData(String scope) {
        return CONTEXTS.stream().anyMatch(scope::startsWith);
    }
}
