package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.policy.access.CallerKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keycloak's users: people with their password and second factor, and the service account behind each backend client. */
final class Users {

    private final RealmModel model;

    Users(RealmModel model) {
        this.model = model;
    }

    List<ObjectNode> all() {
        List<ObjectNode> users = new ArrayList<>();
        model.people().forEach(person -> users.add(person(person)));
        for (ClientRegistration client : model.clients()) {
            if (client instanceof ClientRegistration.Backend backend) {
                ObjectNode account = serviceAccount(client);
                account.set("realmRoles", Json.strings(backend.callerKind().claim()));
                users.add(account);
            } else if (client instanceof ClientRegistration.Introspector) {
                ObjectNode account = serviceAccount(client);
                account.putObject("clientRoles")
                        .set(Introspection.REALM_MANAGEMENT, Json.strings(Introspection.VIEW_EVENTS));
                users.add(account);
            }
        }
        return users;
    }

    private static ObjectNode serviceAccount(ClientRegistration client) {
        return user("service-account-" + client.clientId()).put("serviceAccountClientId", client.clientId());
    }

    /** One role a kind of caller; scopes ask for it. */
    static ObjectNode roles() {
        ObjectNode roles = Json.object();
        roles.set(
                "realm",
                Json.nodes(Stream.concat(
                                Stream.of(Json.object()
                                        .put("name", SecondFactor.ROLE)
                                        .put("description", "Logs in with two factors")),
                                Arrays.stream(CallerKind.values()).map(Users::role))
                        .toList()));
        roles.set("client", AccountConsole.roles());
        return roles;
    }

    private static ObjectNode role(CallerKind kind) {
        // Never composite: Keycloak grants a scope to whoever shares any role that the scope's role is made of.
        return Json.object().put("name", kind.claim()).put("description", "Callers of the kind " + kind.claim());
    }

    private ObjectNode person(Person person) {
        ObjectNode user =
                user(person.username()).put("enabled", !model.blockedPeople().contains(person.username()));
        if (!model.ownSecrets().contains(person.username())) {
            user.set("credentials", credentials(person));
        }
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
        if (!SecondFactor.neededBy(person.callerKind())) {
            // A patient's own app may upload while its owner sleeps; staff log in again.
            roles.add(Scopes.OFFLINE_ACCESS);
        }
        if (SecondFactor.neededBy(person.callerKind())) {
            roles.add(SecondFactor.ROLE);
        }
        user.set("realmRoles", Json.strings(roles));
        // The account console: own password and sessions. Attributes stay the administrator's (see UserProfile).
        user.putObject("clientRoles").set(AccountConsole.ACCOUNT, Json.strings(AccountConsole.ROLES));
        return user;
    }

    private ArrayNode credentials(Person person) {
        Login login = model.logins().get(person.username());
        if (login == null || login.password().isBlank()) {
            throw new IllegalArgumentException(person.username() + " needs a password; there is no default one.");
        }
        if (login.totp() == null && SecondFactor.neededBy(person.callerKind())) {
            throw new IllegalArgumentException(person.username() + " needs a second factor, as all of its kind do.");
        }
        return SecondFactor.credentials(login, false);
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
