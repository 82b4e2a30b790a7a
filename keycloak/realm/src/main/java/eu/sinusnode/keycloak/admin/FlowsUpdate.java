package eu.sinusnode.keycloak.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The flow of the login pages. Another one is built beside the one in use, with names of its own, and takes over in one
 * step; whoever is at the login page meanwhile starts again.
 */
final class FlowsUpdate {

    private final KeycloakAdmin admin;

    FlowsUpdate(KeycloakAdmin admin) {
        this.admin = admin;
    }

    void apply(ObjectNode realm) {
        JsonNode flows = realm.path("authenticationFlows");
        String print = flows.path(0).path("description").asText();
        String inUse = admin.get("").path("browserFlow").asText();
        JsonNode known = Nodes.by("alias", admin.get("authentication/flows")).get(inUse);
        if (known == null || !known.path("description").asText().equals(print)) {
            String top = build(realm, " " + print.substring(0, 8));
            admin.put(
                    "",
                    Nodes.object().put("realm", realm.path("realm").asText()).put("browserFlow", top));
            if (known != null && !known.path("builtIn").asBoolean()) {
                admin.delete("authentication/flows/" + known.path("id").asText());
            }
        }
    }

    /** @return the name of the flow that holds the others */
    private String build(ObjectNode realm, String suffix) {
        JsonNode flows = realm.path("authenticationFlows");
        String top = flows.path(0).path("alias").asText() + suffix;
        JsonNode halfBuilt =
                Nodes.by("alias", admin.get("authentication/flows")).get(top);
        if (halfBuilt != null) {
            admin.delete("authentication/flows/" + halfBuilt.path("id").asText());
        }
        Map<String, JsonNode> wanted = Nodes.by("alias", flows);
        Map<String, JsonNode> configs = Nodes.by("alias", realm.path("authenticatorConfig"));
        ObjectNode flow = Nodes.object()
                .put("alias", top)
                .put("description", flows.path(0).path("description").asText())
                .put("providerId", "basic-flow")
                .put("topLevel", true)
                .put("builtIn", false);
        admin.post("authentication/flows", flow);
        fill(top, flows.path(0), wanted, configs, suffix);
        return top;
    }

    private void fill(
            String alias, JsonNode flow, Map<String, JsonNode> flows, Map<String, JsonNode> configs, String suffix) {
        String executions = "authentication/flows/" + KeycloakAdmin.encoded(alias) + "/executions";
        Map<String, JsonNode> subflows = new HashMap<>();
        for (JsonNode step : flow.path("authenticationExecutions")) {
            String before = Nodes.texts(admin.get(executions), "id").toString();
            if (step.path("authenticatorFlow").asBoolean()) {
                String name = step.path("flowAlias").asText();
                admin.post(
                        executions + "/flow",
                        Nodes.object()
                                .put("alias", name + suffix)
                                .put("type", "basic-flow")
                                .put("description", "")
                                .put("provider", "registration-page-form"));
                JsonNode subflow = flows.get(name);
                if (subflow == null) {
                    throw new AdminException("The flow " + name + " is not in the realm file.");
                }
                subflows.put(name + suffix, subflow);
            } else {
                admin.post(
                        executions + "/execution",
                        Nodes.object()
                                .put("provider", step.path("authenticator").asText()));
            }
            require(executions, before, step, configs, suffix);
        }
        subflows.forEach((name, subflow) -> fill(name, subflow, flows, configs, suffix));
    }

    /** Gives the step that was added last its requirement and its settings. */
    private void require(
            String executions, String before, JsonNode step, Map<String, JsonNode> configs, String suffix) {
        for (JsonNode execution : admin.get(executions)) {
            String id = execution.path("id").asText();
            if (!before.contains(id)) {
                admin.put(
                        executions,
                        ((ObjectNode) execution)
                                .put("requirement", step.path("requirement").asText()));
                JsonNode config = configs.get(step.path("authenticatorConfig").asText());
                if (config != null) {
                    admin.post(
                            "authentication/executions/" + id + "/config",
                            ((ObjectNode) config.deepCopy())
                                    .put("alias", config.path("alias").asText() + suffix));
                }
            }
        }
    }
}
