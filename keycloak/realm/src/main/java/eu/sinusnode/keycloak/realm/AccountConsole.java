package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Keycloak's page for a person's own password and sessions, written out because a realm file with scopes of its own
 * leaves the built-in one without any. Its tokens say nothing that the FHIR server would take.
 */
final class AccountConsole {

    static final String ACCOUNT = "account";
    private static final String CONSOLE = "account-console";

    /** What a person may do there; changing attributes is not among it (see {@link UserProfile}). */
    static final List<String> ROLES = List.of("view-profile", "manage-account");

    private AccountConsole() {}

    static List<ObjectNode> clients(String realm) {
        ObjectNode account = client(ACCOUNT, "Own account").put("bearerOnly", true);
        ObjectNode console = client(CONSOLE, "Account console")
                .put("publicClient", true)
                .put("standardFlowEnabled", true)
                .put("rootUrl", "${authBaseUrl}")
                .put("baseUrl", "/realms/" + realm + "/account/");
        console.set("redirectUris", Json.strings("/realms/" + realm + "/account/*"));
        console.putObject("attributes").put("pkce.code.challenge.method", "S256");
        console.putArray("protocolMappers").add(Claims.audienceByRoles());
        console.set("defaultClientScopes", Json.strings(Scopes.BASIC, Scopes.ROLES));
        console.putArray("optionalClientScopes");
        return List.of(account, console);
    }

    /** The roles of the {@code account} client, for the realm's {@code roles.client}. */
    static ObjectNode roles() {
        ObjectNode roles = Json.object();
        roles.set(
                ACCOUNT,
                Json.nodes(ROLES.stream()
                        .map(role -> Json.object().put("name", role))
                        .toList()));
        return roles;
    }

    /** The console may carry these roles in its tokens. */
    static ObjectNode scopeMappings() {
        ObjectNode mapping = Json.object().put("client", CONSOLE);
        mapping.set("roles", Json.strings(ROLES));
        ObjectNode mappings = Json.object();
        mappings.putArray(ACCOUNT).add(mapping);
        return mappings;
    }

    private static ObjectNode client(String clientId, String name) {
        return Json.object()
                .put("clientId", clientId)
                .put("name", name)
                .put("enabled", true)
                .put("protocol", "openid-connect")
                .put("implicitFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("fullScopeAllowed", false);
    }
}
