package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the FHIR server's own client may do in Keycloak: ask whether a token still stands, and read login events. */
final class Introspection {

    static final String REALM_MANAGEMENT = "realm-management";
    static final String VIEW_EVENTS = "view-events";

    private Introspection() {}

    /** The client may carry that role in its token, and no other of the realm's administration. */
    static ObjectNode scopeMapping(String clientId) {
        ObjectNode mapping = Json.object().put("client", clientId);
        mapping.set("roles", Json.strings(VIEW_EVENTS));
        return mapping;
    }
}
