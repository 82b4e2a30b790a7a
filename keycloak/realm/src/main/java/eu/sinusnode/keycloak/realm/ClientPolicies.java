package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** What every client is held to, whatever its own settings say; most of it is done by {@code keycloak/spi}. */
final class ClientPolicies {

    private static final String NAME = "sinusnode";
    /** Beside the base URL's path, at the root of the same server. */
    private static final String LAUNCH_KEYS = "/.well-known/launch-jwks.json";

    private ClientPolicies() {}

    /** The realm's {@code clientProfiles}. */
    static ObjectNode profiles(URI fhirBase, URI fhirEndpoint) {
        ObjectNode profiles = Json.object();
        ObjectNode profile = profiles.putArray("profiles")
                .addObject()
                .put("name", NAME)
                .put("description", "SMART App Launch 2.2 and SMART Backend Services");
        ArrayNode executors = profile.putArray("executors");
        executor(executors, "sinusnode-smart-launch")
                .put("fhir-base", fhirBase.toString())
                .put("launch-keys", fhirEndpoint.resolve(LAUNCH_KEYS).toString())
                .put("client-scope", Scopes.FHIR_SERVER);
        executor(executors, "sinusnode-assertion-lifetime");
        // The last one: what another refuses is no second use of a refresh token.
        executor(executors, "sinusnode-refresh-reuse");
        return profiles;
    }

    /** The realm's {@code clientPolicies}: the profile is everybody's. */
    static ObjectNode policies() {
        ObjectNode policies = Json.object();
        ObjectNode policy = policies.putArray("policies")
                .addObject()
                .put("name", NAME)
                .put("description", "For every client")
                .put("enabled", true);
        policy.putArray("conditions").addObject().put("condition", "any-client").putObject("configuration");
        policy.putArray("profiles").add(NAME);
        return policies;
    }

    private static ObjectNode executor(ArrayNode executors, String name) {
        return executors.addObject().put("executor", name).putObject("configuration");
    }
}
