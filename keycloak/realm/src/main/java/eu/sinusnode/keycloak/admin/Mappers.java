package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The protocol mappers of a client or of a client scope: what goes into a token. */
final class Mappers {

    private Mappers() {}

    /**
     * @param owner path of the client or scope
     * @param there its mappers as they are, with their ids
     */
    static void bringTo(KeycloakAdmin admin, String owner, JsonNode there, JsonNode wanted) {
        Map<String, JsonNode> wantedByName = Nodes.by("name", wanted);
        List<JsonNode> missing = new ArrayList<>(wantedByName.values());
        for (JsonNode mapper : there) {
            JsonNode same = wantedByName.get(mapper.path("name").asText());
            if (same != null && Nodes.holds(mapper, same)) {
                missing.remove(same);
            } else {
                admin.delete(
                        owner + "/protocol-mappers/models/" + mapper.path("id").asText());
            }
        }
        if (!missing.isEmpty()) {
            admin.post(owner + "/protocol-mappers/add-models", Nodes.array(missing));
        }
    }
}
