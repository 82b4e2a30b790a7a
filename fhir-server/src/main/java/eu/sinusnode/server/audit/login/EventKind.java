package eu.sinusnode.server.audit.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** The two lists of events that Keycloak keeps. */
enum EventKind {
    /** Logins, tokens and what else happens to people and clients. */
    USER("events", KeycloakEvent::ofUser),
    /** What administrators do. */
    ADMIN("admin-events", KeycloakEvent::ofAdmin);

    private final String path;
    private final Function<JsonNode, KeycloakEvent> reader;

    EventKind(String path, Function<JsonNode, KeycloakEvent> reader) {
        this.path = path;
        this.reader = reader;
    }

    /** Below the realm in Keycloak's administration API. */
    String path() {
        return path;
    }

    KeycloakEvent read(JsonNode event) {
        return reader.apply(event);
    }
}
