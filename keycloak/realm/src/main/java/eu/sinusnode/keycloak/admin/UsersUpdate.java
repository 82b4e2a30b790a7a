package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * People: new ones come with what the file says; of those who are there, attributes, roles and whether they are blocked
 * follow it, and their password and second factor are their own.
 */
final class UsersUpdate {

    private static final String OTP = "otp";

    private final KeycloakAdmin admin;

    UsersUpdate(KeycloakAdmin admin) {
        this.admin = admin;
    }

    void apply(JsonNode users) {
        List<JsonNode> missing = new ArrayList<>();
        JsonNode realmRoles = admin.get("roles");
        for (JsonNode wanted : users) {
            if (wanted.has("serviceAccountClientId")) {
                continue;
            }
            JsonNode known = find(admin, wanted.path("username").asText());
            if (known.isMissingNode()) {
                missing.add(wanted);
            } else {
                change((ObjectNode) known, wanted, realmRoles);
            }
        }
        if (!missing.isEmpty()) {
            ObjectNode some = Nodes.object().put("ifResourceExists", "SKIP");
            some.set("users", Nodes.array(missing));
            admin.post("partialImport", some);
        }
    }

    /** A missing node when there is nobody of that name. */
    static JsonNode find(KeycloakAdmin admin, String username) {
        return admin.get("users?exact=true&username=" + KeycloakAdmin.encoded(username))
                .path(0);
    }

    private void change(ObjectNode known, JsonNode wanted, JsonNode realmRoles) {
        String id = known.path("id").asText();
        ObjectNode next = known.deepCopy();
        next.set("attributes", wanted.path("attributes"));
        next.set("enabled", wanted.path("enabled"));
        List<JsonNode> secondFactors = Nodes.where(wanted.path("credentials"), "type", Set.of(OTP));
        // Somebody from before second factors were asked for.
        boolean withoutOne = !secondFactors.isEmpty()
                && Nodes.where(admin.get("users/" + id + "/credentials"), "type", Set.of(OTP, "webauthn"))
                        .isEmpty();
        if (withoutOne) {
            next.set("credentials", Nodes.array(secondFactors));
        }
        if (withoutOne || !next.equals(known)) {
            admin.put("users/" + id, next);
        }
        Roles.give(admin, id, realmRoles, Nodes.texts(wanted.path("realmRoles")));
    }
}
