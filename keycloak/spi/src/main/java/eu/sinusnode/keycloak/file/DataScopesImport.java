package eu.sinusnode.keycloak.file;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.RepresentationToModel;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/**
 * Adds scopes of data to a realm, a few in each transaction: the cost of one grows with what the transaction holds. What
 * is there already is passed over. A scope and the roles that it needs come together, and clients only after them: at no
 * moment may a client ask for more than in the end.
 */
final class DataScopesImport {

    private static final Logger LOG = Logger.getLogger(DataScopesImport.class);
    private static final int IN_ONE_TRANSACTION = 50;

    private final KeycloakSessionFactory factory;
    private final String realmName;

    DataScopesImport(KeycloakSessionFactory factory, String realmName) {
        this.factory = factory;
        this.realmName = realmName;
    }

    /** Does nothing to a realm that is done. */
    void finish(DataScopes wanted) {
        if (isUnfinished()) {
            add(wanted);
            LOG.infof(
                    "Realm %s is imported, with %d scopes of data",
                    realmName, wanted.scopes().size());
        }
    }

    private boolean isUnfinished() {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            RealmModel realm = session.realms().getRealmByName(realmName);
            return realm != null && realm.getAttribute(RealmFileImport.UNFINISHED) != null;
        });
    }

    private void add(DataScopes wanted) {
        Set<String> there = idsByName().keySet();
        List<ClientScopeRepresentation> missing = wanted.scopes().stream()
                .filter(scope -> !there.contains(scope.getName()))
                .toList();
        for (int from = 0; from < missing.size(); from += IN_ONE_TRANSACTION) {
            List<ClientScopeRepresentation> some =
                    missing.subList(from, Math.min(missing.size(), from + IN_ONE_TRANSACTION));
            inTransaction(realm -> add(realm, some, wanted.roles()));
        }
        Map<String, String> ids = idsByName();
        wanted.optional().forEach((client, scopes) -> inTransaction(realm -> offer(realm, client, scopes, ids)));
        inTransaction(realm -> realm.removeAttribute(RealmFileImport.UNFINISHED));
    }

    private static void add(RealmModel realm, List<ClientScopeRepresentation> some, Map<String, Set<String>> needed) {
        Map<String, RoleModel> roles =
                realm.getRolesStream().collect(Collectors.toMap(RoleModel::getName, Function.identity()));
        for (ClientScopeRepresentation wanted : some) {
            ClientScopeModel scope = RepresentationToModel.createClientScope(realm, wanted);
            for (String name : needed.getOrDefault(wanted.getName(), Set.of())) {
                RoleModel role = roles.get(name);
                if (role == null) {
                    throw new IllegalStateException(
                            "The scope " + wanted.getName() + " needs the role " + name + ", which the realm lacks.");
                }
                scope.addScopeMapping(role);
            }
        }
    }

    private static void offer(RealmModel realm, String clientId, Set<String> names, Map<String, String> ids) {
        ClientModel client = realm.getClientByClientId(clientId);
        if (client == null) {
            throw new IllegalStateException("The realm lacks the client " + clientId + ".");
        }
        Set<ClientScopeModel> scopes = new HashSet<>();
        for (String name : names) {
            String id = ids.get(name);
            if (id == null) {
                throw new IllegalStateException(
                        "The client " + clientId + " names the scope " + name + ", which the realm lacks.");
            }
            scopes.add(realm.getClientScopeById(id));
        }
        client.addClientScopes(scopes, false);
    }

    private Map<String, String> idsByName() {
        Map<String, String> ids = new HashMap<>();
        inTransaction(realm -> ids.putAll(realm.getClientScopesStream()
                .collect(Collectors.toMap(ClientScopeModel::getName, ClientScopeModel::getId))));
        return ids;
    }

    private void inTransaction(Consumer<RealmModel> work) {
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            RealmModel realm = session.realms().getRealmByName(realmName);
            session.getContext().setRealm(realm);
            work.accept(realm);
        });
    }
}
