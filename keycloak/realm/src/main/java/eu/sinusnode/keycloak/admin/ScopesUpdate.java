package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Client scopes, their mappers, and the roles that they ask for. All of them are generated: others are removed. */
final class ScopesUpdate {

    private final KeycloakAdmin admin;

    ScopesUpdate(KeycloakAdmin admin) {
        this.admin = admin;
    }

    void apply(JsonNode wantedScopes, JsonNode wantedRoles) {
        Map<String, JsonNode> wanted = Nodes.by("name", wantedScopes);
        Map<String, JsonNode> there = Nodes.by("name", admin.get("client-scopes"));
        there.forEach((name, scope) -> {
            if (!wanted.containsKey(name)) {
                admin.delete("client-scopes/" + id(scope));
            }
        });
        wanted.forEach((name, scope) -> {
            JsonNode known = there.get(name);
            if (known == null) {
                admin.post("client-scopes", scope);
            } else {
                change(known, (ObjectNode) scope);
            }
        });
        roles(Nodes.by("name", admin.get("client-scopes")), wantedRoles);
    }

    private void change(JsonNode known, ObjectNode wanted) {
        ObjectNode plain = wanted.deepCopy();
        plain.remove("protocolMappers");
        if (!Nodes.holds(known, plain)) {
            admin.put("client-scopes/" + id(known), plain.put("id", id(known)));
        }
        Mappers.bringTo(
                admin, "client-scopes/" + id(known), known.path("protocolMappers"), wanted.path("protocolMappers"));
    }

    private void roles(Map<String, JsonNode> scopes, JsonNode wantedRoles) {
        JsonNode allRoles = admin.get("roles");
        for (JsonNode mapping : wantedRoles) {
            JsonNode scope = scopes.get(mapping.path("clientScope").asText());
            if (scope == null) {
                throw new AdminException("There is no client scope " + mapping.path("clientScope") + ".");
            }
            String path = "client-scopes/" + id(scope) + "/scope-mappings/realm";
            JsonNode there = admin.get(path);
            Set<String> wanted = Nodes.texts(mapping.path("roles"));
            Set<String> known = Nodes.texts(there, "name");
            List<JsonNode> missing = Nodes.where(allRoles, "name", wanted).stream()
                    .filter(role -> !known.contains(role.path("name").asText()))
                    .toList();
            if (!missing.isEmpty()) {
                admin.post(path, Nodes.array(missing));
            }
            known.removeAll(wanted);
            if (!known.isEmpty()) {
                admin.delete(path, Nodes.array(Nodes.where(there, "name", known)));
            }
        }
    }

    private static String id(JsonNode scope) {
        return scope.path("id").asText();
    }
}
