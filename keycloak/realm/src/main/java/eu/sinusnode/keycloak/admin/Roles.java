package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Roles of users, service accounts among them. */
final class Roles {

    private Roles() {}

    /** @param all the realm's roles */
    static void give(KeycloakAdmin admin, String userId, JsonNode all, Set<String> names) {
        String path = "users/" + userId + "/role-mappings/realm";
        Set<String> there = Nodes.texts(admin.get(path), "name");
        List<JsonNode> missing = Nodes.where(all, "name", names).stream()
                .filter(role -> !there.contains(role.path("name").asText()))
                .toList();
        if (!missing.isEmpty()) {
            admin.post(path, Nodes.array(missing));
        }
    }
}
