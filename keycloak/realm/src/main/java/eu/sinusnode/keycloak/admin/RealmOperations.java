package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.realm.SecondFactor;
import eu.sinusnode.keycloak.token.Login;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** What an operator does with people, clients and keys of a running realm. */
public final class RealmOperations {

    private static final String KEY_PROVIDER = "org.keycloak.keys.KeyProvider";
    /** Access and id tokens are signed with the first, refresh tokens with the second. */
    private static final Set<String> SIGNING = Set.of("rsa-generated", "hmac-generated");

    private final KeycloakAdmin admin;

    public RealmOperations(KeycloakAdmin admin) {
        this.admin = admin;
    }

    public boolean hasPerson(String username) {
        return !UsersUpdate.find(admin, username).isMissingNode();
    }

    public boolean hasClient(String clientId) {
        return !client(clientId).isMissingNode();
    }

    /** Ends every session of this person, also those of apps that work while the person is away. */
    public void endSessionsOfPerson(String username) {
        String user = user(username);
        for (JsonNode client : admin.get("clients")) {
            for (JsonNode session : admin.get(
                    "users/" + user + "/offline-sessions/" + client.path("id").asText())) {
                admin.delete("sessions/" + session.path("id").asText() + "?isOffline=true");
            }
        }
        admin.post("users/" + user + "/logout", Nodes.object());
    }

    /** No token that this client got before now buys anything any more. */
    public void endSessionsOfClient(String clientId) {
        JsonNode client = client(clientId);
        if (client.isMissingNode()) {
            throw new AdminException("The realm has no client " + clientId + ".");
        }
        admin.put(
                "clients/" + client.path("id").asText(),
                ((ObjectNode) client).put("notBefore", Instant.now().getEpochSecond()));
    }

    /** Gives somebody a password for one login and a second factor; those of before are gone, and so are the sessions. */
    public void handOver(String username, Login login) {
        String user = user(username);
        for (JsonNode credential : admin.get("users/" + user + "/credentials")) {
            admin.delete(
                    "users/" + user + "/credentials/" + credential.path("id").asText());
        }
        ObjectNode next = (ObjectNode) UsersUpdate.find(admin, username);
        next.set("credentials", SecondFactor.credentials(login, true));
        next.putArray("requiredActions").add("UPDATE_PASSWORD");
        admin.put("users/" + user, next);
        endSessionsOfPerson(username);
    }

    /** The realm signs with new keys from now on; what the old ones signed stays good until they are retired. */
    public void rotateSigningKeys() {
        JsonNode known = keyProviders();
        long now = Instant.now().getEpochSecond();
        String realm = admin.get("").path("id").asText();
        Set<String> kinds = new TreeSet<>(SIGNING);
        for (String kind : kinds) {
            ObjectNode provider = Nodes.object()
                    .put("name", kind + " " + Instant.ofEpochSecond(now))
                    .put("providerId", kind)
                    .put("providerType", KEY_PROVIDER)
                    .put("parentId", realm);
            ObjectNode config = provider.putObject("config");
            config.putArray("priority").add(Long.toString(now));
            config.putArray("enabled").add("true");
            config.putArray("active").add("true");
            config.putArray("algorithm").add(kind.startsWith("rsa") ? "RS256" : "HS512");
            admin.post("components", provider);
        }
        for (JsonNode old : Nodes.where(known, "providerId", SIGNING)) {
            ObjectNode passive = old.deepCopy();
            passive.withObjectProperty("config").putArray("active").add("false");
            admin.put("components/" + old.path("id").asText(), passive);
        }
    }

    /**
     * Removes the keys that were rotated out: tokens that they signed are worthless from now on.
     *
     * @return how many there were
     */
    public int retireOldKeys() {
        int retired = 0;
        for (JsonNode provider : Nodes.where(keyProviders(), "providerId", SIGNING)) {
            if ("false".equals(provider.path("config").path("active").path(0).asText())) {
                admin.delete("components/" + provider.path("id").asText());
                retired++;
            }
        }
        return retired;
    }

    private JsonNode keyProviders() {
        return admin.get("components?type=" + KEY_PROVIDER);
    }

    private JsonNode client(String clientId) {
        return admin.get("clients?clientId=" + KeycloakAdmin.encoded(clientId)).path(0);
    }

    private String user(String username) {
        JsonNode user = UsersUpdate.find(admin, username);
        if (user.isMissingNode()) {
            throw new AdminException("The realm knows nobody named " + username + ".");
        }
        return user.path("id").asText();
    }
}
