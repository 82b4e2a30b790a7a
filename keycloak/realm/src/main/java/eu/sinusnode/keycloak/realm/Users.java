package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.ScopeContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keycloak's users: people with their password, and the service account behind each backend client. */
final class Users {

    private final Map<String, String> passwords;

    Users(Map<String, String> passwords) {
        this.passwords = passwords;
    }

    List<ObjectNode> of(List<Person> people, List<ClientRegistration> clients) {
        List<ObjectNode> users = new ArrayList<>();
        people.forEach(person -> users.add(person(person)));
        for (ClientRegistration client : clients) {
            if (client instanceof ClientRegistration.Backend) {
                users.add(
                        user("service-account-" + client.clientId()).put("serviceAccountClientId", client.clientId()));
            }
        }
        return users;
    }

    /** One role a kind of person; scopes ask for it. */
    static ObjectNode roles() {
        ObjectNode roles = Json.object();
        roles.set(
                "realm",
                Json.nodes(Arrays.stream(CallerKind.values())
                        .filter(kind -> kind.scopeContext() != ScopeContext.SYSTEM)
                        .map(kind -> Json.object()
                                .put("name", kind.claim())
                                .put("description", "People of the kind " + kind.claim()))
                        .toList()));
        roles.set("client", AccountConsole.roles());
        return roles;
    }

    private ObjectNode person(Person person) {
        String password = passwords.get(person.username());
        if (password == null || password.isBlank()) {
            throw new IllegalArgumentException(person.username() + " needs a password; there is no default one.");
        }
        ObjectNode user = user(person.username());
        user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", password)
                .put("temporary", false);
        ObjectNode attributes = user.putObject("attributes");
        attribute(attributes, Claims.CALLER_KIND, person.callerKind().claim());
        attribute(
                attributes,
                Claims.PURPOSE_OF_USE,
                Claims.purposeOf(person.callerKind()).name());
        attribute(attributes, Claims.ORGANIZATION, person.organization());
        attribute(attributes, Claims.FHIR_USER, person.fhirUser());
        attribute(attributes, Claims.PATIENT, person.patient());
        List<String> roles = new ArrayList<>(List.of(person.callerKind().claim()));
        if (person.callerKind() == CallerKind.PATIENT) {
            // A patient's own app may upload while its owner sleeps; staff log in again.
            roles.add(Scopes.OFFLINE_ACCESS);
        }
        user.set("realmRoles", Json.strings(roles));
        // The account console: own password and sessions. Attributes stay the administrator's (see UserProfile).
        user.putObject("clientRoles").set(AccountConsole.ACCOUNT, Json.strings(AccountConsole.ROLES));
        return user;
    }

    /** The id comes from the name: a token's subject stays the same person when the realm is made anew. */
    private static ObjectNode user(String username) {
        UUID id = UUID.nameUUIDFromBytes(("sinusnode/" + username).getBytes(StandardCharsets.UTF_8));
        return Json.object()
                .put("id", id.toString())
                .put("username", username)
                .put("enabled", true)
                .put("emailVerified", false);
    }

    private static void attribute(ObjectNode attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.putArray(name).add(value);
        }
    }
}
