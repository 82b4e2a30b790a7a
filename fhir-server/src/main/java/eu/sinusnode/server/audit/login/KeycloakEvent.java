package eu.sinusnode.server.audit.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the realm, as Keycloak's admin API gives it.
 *
 * @param id stable: Keycloak's own, or made of all fields where it gives none
 * @param requestId what the client saw as X-Request-ID: Keycloak's own id of the event, or as {@code id} where it gives none
 * @param type {@code LOGIN}, {@code LOGIN_ERROR} …; for an admin event {@code ADMIN CREATE USER} and the like
 * @param client OAuth client id
 * @param user subject, or null when nobody was known
 * @param error Keycloak's word for what went wrong, or null
 */
record KeycloakEvent(
        UUID id,
        String requestId,
        Instant time,
        String type,
        @Nullable String client,
        @Nullable String user,
        @Nullable String address,
        @Nullable String error) {

    static KeycloakEvent ofUser(JsonNode event) {
        return new KeycloakEvent(
                id("user", event),
                requestId("user", event),
                Instant.ofEpochMilli(event.path("time").asLong()),
                event.path("type").asText(),
                text(event, "clientId"),
                text(event, "userId"),
                text(event, "ipAddress"),
                text(event, "error"));
    }

    static KeycloakEvent ofAdmin(JsonNode event) {
        JsonNode by = event.path("authDetails");
        return new KeycloakEvent(
                id("admin", event),
                requestId("admin", event),
                Instant.ofEpochMilli(event.path("time").asLong()),
                "ADMIN " + event.path("operationType").asText() + " "
                        + event.path("resourceType").asText(),
                text(by, "clientId"),
                text(by, "userId"),
                text(by, "ipAddress"),
                text(event, "error"));
    }

    /** Stands for one that is larger than an answer may be: it is known that it is there. */
    static KeycloakEvent unreadable(EventKind kind, Instant from, int place) {
        String name = "keycloak/unreadable/" + kind.path() + "/" + from.toEpochMilli() + "/" + place;
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new KeycloakEvent(id, id.toString(), from, "UNREADABLE", null, null, null, "event_too_large");
    }

    boolean failed() {
        return error != null || type.endsWith("_ERROR");
    }

    /** One that is made of the event's fields comes out the same each time the event is read. */
    private static UUID id(String kind, JsonNode event) {
        String own = text(event, "id");
        String name = "keycloak/" + kind + "/" + (own != null ? own : event.toString());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String requestId(String kind, JsonNode event) {
        String own = text(event, "id");
        return own != null ? own : id(kind, event).toString();
    }

    private static @Nullable String text(JsonNode from, String field) {
        JsonNode value = from.path(field);
        return value.isTextual() ? value.asText() : null;
    }
}
