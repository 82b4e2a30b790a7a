package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings a running realm to where a generated realm file wants it, in place: sessions, signing keys, passwords and second
 * factors of people who are there stay. Clients and people that the file does not name stay too; they are blocked by
 * command, not forgotten. Doing it twice changes nothing.
 */
public final class RealmUpdate {

    /** Parts of a realm file that have endpoints of their own; all else are the realm's settings. */
    private static final Set<String> PARTS = Set.of(
            "roles",
            "components",
            "clientScopes",
            "scopeMappings",
            "clientScopeMappings",
            "defaultDefaultClientScopes",
            "defaultOptionalClientScopes",
            "authenticationFlows",
            "authenticatorConfig",
            "browserFlow",
            "clientProfiles",
            "clientPolicies",
            "clients",
            "users");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RealmUpdate() {}

    /**
     * @param realmFile content of a generated realm file
     * @throws AdminException when Keycloak refuses a part; what came before it is done, and done again does no harm
     */
    public static void apply(KeycloakAdmin admin, String realmFile) {
        ObjectNode wanted = parse(realmFile);
        admin.put("", settings(wanted));
        roles(admin, wanted.path("roles").path("realm"));
        new ScopesUpdate(admin).apply(wanted.path("clientScopes"), wanted.path("scopeMappings"));
        userProfile(admin, wanted.path("components"));
        new FlowsUpdate(admin).apply(wanted);
        if (wanted.has("clientProfiles")) {
            admin.put("client-policies/profiles", wanted.path("clientProfiles"));
            admin.put("client-policies/policies", wanted.path("clientPolicies"));
        }
        new ClientsUpdate(admin).apply(wanted);
        new UsersUpdate(admin).apply(wanted.path("users"));
    }

    private static ObjectNode settings(ObjectNode wanted) {
        ObjectNode settings = wanted.deepCopy();
        settings.remove(PARTS);
        return settings;
    }

    private static void roles(KeycloakAdmin admin, JsonNode wanted) {
        Set<String> there = Nodes.texts(admin.get("roles"), "name");
        for (JsonNode role : wanted) {
            if (!there.contains(role.path("name").asText())) {
                ObjectNode plain = role.deepCopy();
                plain.remove(List.of("composite", "composites"));
                admin.post("roles", plain);
            }
        }
        Map<String, JsonNode> all = Nodes.by("name", admin.get("roles"));
        for (JsonNode role : wanted) {
            List<JsonNode> parts = Nodes.texts(role.path("composites").path("realm")).stream()
                    .map(all::get)
                    .toList();
            if (!parts.isEmpty()) {
                admin.post(
                        "roles/" + KeycloakAdmin.encoded(role.path("name").asText()) + "/composites",
                        Nodes.array(parts));
            }
        }
    }

    private static void userProfile(KeycloakAdmin admin, JsonNode components) {
        for (JsonNode provider : components.path("org.keycloak.userprofile.UserProfileProvider")) {
            admin.put(
                    "users/profile",
                    parse(provider.path("config")
                            .path("kc.user.profile.config")
                            .path(0)
                            .asText()));
        }
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AdminException("The generated realm is no JSON.", e);
        }
    }
}
