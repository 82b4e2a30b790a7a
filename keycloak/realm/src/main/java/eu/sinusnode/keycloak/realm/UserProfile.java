package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Keycloak keeps of a user and who may change it: only the administrator. A person who could edit {@code patient}
 * or {@code organization} would choose whose records to read. Attributes that are not listed are not stored.
 */
final class UserProfile {

    private UserProfile() {}

    /** The realm's {@code components} entry for the declarative user profile. */
    static ObjectNode components() {
        ObjectNode provider = Json.object().put("providerId", "declarative-user-profile");
        provider.putObject("subComponents");
        provider.putObject("config").putArray("kc.user.profile.config").add(config().toString());
        ObjectNode components = Json.object();
        components.putArray("org.keycloak.userprofile.UserProfileProvider").add(provider);
        return components;
    }

    private static ObjectNode config() {
        ObjectNode config = Json.object();
        ArrayNode attributes = config.putArray("attributes");
        attribute(attributes, "username", Json.strings("admin", "user"));
        attribute(attributes, "email", Json.strings("admin", "user"));
        Claims.OF_A_PERSON.forEach(claim -> attribute(attributes, claim, Json.strings("admin")));
        config.putArray("groups");
        return config;
    }

    private static void attribute(ArrayNode attributes, String name, ArrayNode viewers) {
        ObjectNode attribute = attributes.addObject().put("name", name).put("multivalued", false);
        ObjectNode permissions = attribute.putObject("permissions");
        permissions.set("view", viewers);
        permissions.set("edit", Json.strings("admin"));
        attribute.putObject("validations").putObject("length").put("max", 255);
    }
}
