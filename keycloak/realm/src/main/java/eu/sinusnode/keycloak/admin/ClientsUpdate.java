package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Clients with their mappers, scopes and service accounts. A client's id in Keycloak, and so its sessions, stay. */
final class ClientsUpdate {

    private static final List<String> OWN_ENDPOINTS =
            List.of("protocolMappers", "defaultClientScopes", "optionalClientScopes");

    private final KeycloakAdmin admin;

    ClientsUpdate(KeycloakAdmin admin) {
        this.admin = admin;
    }

    void apply(ObjectNode realm) {
        Map<String, JsonNode> there = Nodes.by("clientId", admin.get("clients"));
        Map<String, JsonNode> scopes = Nodes.by("name", admin.get("client-scopes"));
        for (JsonNode wanted : realm.path("clients")) {
            JsonNode known = there.get(wanted.path("clientId").asText());
            if (known == null) {
                admin.post("clients", wanted);
            } else {
                change(known, (ObjectNode) wanted, scopes);
            }
        }
        Map<String, JsonNode> all = Nodes.by("clientId", admin.get("clients"));
        realm.path("clientScopeMappings").properties().forEach(owner -> {
            for (JsonNode mapping : owner.getValue()) {
                clientRoles(
                        all,
                        owner.getKey(),
                        Nodes.texts(mapping.path("roles")),
                        "clients/" + id(all, mapping.path("client").asText()) + "/scope-mappings");
            }
        });
        serviceAccounts(all, realm.path("users"));
    }

    private void change(JsonNode known, ObjectNode wanted, Map<String, JsonNode> scopes) {
        String path = "clients/" + known.path("id").asText();
        ObjectNode plain = wanted.deepCopy();
        plain.remove(OWN_ENDPOINTS);
        if (!Nodes.holds(known, plain)) {
            admin.put(path, ((ObjectNode) known.deepCopy()).setAll(plain));
        }
        if (wanted.has("protocolMappers")) {
            Mappers.bringTo(admin, path, known.path("protocolMappers"), wanted.path("protocolMappers"));
        }
        if (wanted.has("defaultClientScopes")) {
            scopes(path, "default-client-scopes", known.path("defaultClientScopes"), wanted, scopes);
            scopes(path, "optional-client-scopes", known.path("optionalClientScopes"), wanted, scopes);
        }
    }

    private void scopes(String path, String kind, JsonNode known, ObjectNode wanted, Map<String, JsonNode> scopes) {
        String field = kind.startsWith("default") ? "defaultClientScopes" : "optionalClientScopes";
        Set<String> there = Nodes.texts(known);
        Set<String> missing = new HashSet<>(Nodes.texts(wanted.path(field)));
        missing.removeAll(there);
        there.removeAll(Nodes.texts(wanted.path(field)));
        for (String scope : there) {
            JsonNode leftOver = scopes.get(scope);
            if (leftOver != null) {
                admin.delete(path + "/" + kind + "/" + leftOver.path("id").asText());
            }
        }
        for (String scope : missing) {
            JsonNode further = scopes.get(scope);
            if (further == null) {
                throw new AdminException("There is no client scope " + scope + ".");
            }
            admin.put(path + "/" + kind + "/" + further.path("id").asText(), Nodes.object());
        }
    }

    private void serviceAccounts(Map<String, JsonNode> clients, JsonNode users) {
        JsonNode realmRoles = admin.get("roles");
        for (JsonNode user : users) {
            String client = user.path("serviceAccountClientId").asText();
            if (client.isEmpty()) {
                continue;
            }
            String account = admin.get("clients/" + id(clients, client) + "/service-account-user")
                    .path("id")
                    .asText();
            Roles.give(admin, account, realmRoles, Nodes.texts(user.path("realmRoles")));
            user.path("clientRoles")
                    .properties()
                    .forEach(owner -> clientRoles(
                            clients,
                            owner.getKey(),
                            Nodes.texts(owner.getValue()),
                            "users/" + account + "/role-mappings"));
        }
    }

    private void clientRoles(Map<String, JsonNode> clients, String owner, Set<String> names, String mappings) {
        String ownerId = id(clients, owner);
        Set<String> there = Nodes.texts(admin.get(mappings + "/clients/" + ownerId), "name");
        List<JsonNode> missing = Nodes.where(admin.get("clients/" + ownerId + "/roles"), "name", names).stream()
                .filter(role -> !there.contains(role.path("name").asText()))
                .toList();
        if (!missing.isEmpty()) {
            admin.post(mappings + "/clients/" + ownerId, Nodes.array(missing));
        }
    }

    private static String id(Map<String, JsonNode> clients, String clientId) {
        JsonNode client = clients.get(clientId);
        if (client == null) {
            throw new AdminException("The realm has no client " + clientId + ".");
        }
        return client.path("id").asText();
    }
}
