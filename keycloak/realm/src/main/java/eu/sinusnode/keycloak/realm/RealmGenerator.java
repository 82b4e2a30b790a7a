package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.policy.access.AccessMatrix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the realm that Keycloak imports. Pure: the same model gives the same bytes. The result holds passwords and
 * belongs into a file that its owner alone can read.
 */
public final class RealmGenerator {

    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(5);
    private static final Duration AUTHORIZATION_CODE = Duration.ofMinutes(1);
    /** The FHIR server copies them into its audit store long before. */
    private static final Duration EVENTS_KEPT = Duration.ofDays(7);

    private final AccessMatrix matrix;

    public RealmGenerator(AccessMatrix matrix) {
        this.matrix = matrix;
    }

    /**
     * @return realm representation (JSON) for Keycloak 26
     * @throws IllegalArgumentException when a backend client has no public key or a person no password
     */
    public String generate(RealmModel model) {
        Scopes scopes = new Scopes(matrix);
        ObjectNode realm = Json.object()
                .put("realm", model.name())
                .put("displayName", "SinusNode")
                .put("enabled", true)
                // TLS is demanded of everybody but loopback and private addresses, where the demo runs.
                .put("sslRequired", "external");
        login(realm);
        lifespans(realm);
        Sessions.ofRealm(realm);
        SecondFactor.policy(realm);
        bruteForce(realm);
        events(realm);
        realm.set("components", UserProfile.components());
        realm.set("roles", Users.roles());
        realm.set(
                "clientScopes", Json.nodes(scopes.clientScopes(model.fhirBase().toString())));
        realm.set("scopeMappings", Json.nodes(scopes.roleMappings()));
        realm.set("defaultDefaultClientScopes", Json.strings(Scopes.BASIC));
        realm.putArray("defaultOptionalClientScopes");
        realm.set("clientScopeMappings", clientScopeMappings(model));
        realm.set("authenticationFlows", Json.nodes(Flows.all(model.fhirEndpoint())));
        realm.set("authenticatorConfig", Json.nodes(Flows.configs(model.fhirEndpoint())));
        realm.put("browserFlow", Flows.BROWSER);
        realm.set("clientProfiles", ClientPolicies.profiles(model.fhirBase(), model.fhirEndpoint()));
        realm.set("clientPolicies", ClientPolicies.policies());
        realm.set("clients", Json.nodes(clients(model, scopes)));
        realm.set("users", Json.nodes(new Users(model).all()));
        return realm.toPrettyString() + "\n";
    }

    private static List<ObjectNode> clients(RealmModel model, Scopes scopes) {
        List<ObjectNode> clients = new ArrayList<>(AccountConsole.clients(model.name()));
        clients.addAll(new Clients(scopes, model.clientKeys(), model.fhirEndpoint()).of(model.clients()));
        clients.stream()
                .filter(client ->
                        model.blockedClients().contains(client.path("clientId").asText()))
                .forEach(client -> client.put("enabled", false));
        return clients;
    }

    private static ObjectNode clientScopeMappings(RealmModel model) {
        ObjectNode mappings = AccountConsole.scopeMappings();
        ArrayNode administration = mappings.putArray(Introspection.REALM_MANAGEMENT);
        model.clients().stream()
                .filter(ClientRegistration.Introspector.class::isInstance)
                .map(client -> Introspection.scopeMapping(client.clientId()))
                .forEach(administration::add);
        return mappings;
    }

    private static void login(ObjectNode realm) {
        realm.put("registrationAllowed", false)
                .put("resetPasswordAllowed", false)
                .put("rememberMe", false)
                .put("editUsernameAllowed", false)
                .put("loginWithEmailAllowed", false)
                .put("duplicateEmailsAllowed", true)
                .put("passwordPolicy", "length(12) and notUsername and passwordHistory(3)")
                .put("internationalizationEnabled", true)
                .put("defaultLocale", "en");
        realm.set("supportedLocales", Json.strings("de", "en"));
    }

    private static void lifespans(ObjectNode realm) {
        realm.put("accessTokenLifespan", ACCESS_TOKEN.toSeconds())
                .put("accessCodeLifespan", AUTHORIZATION_CODE.toSeconds())
                // A refresh token is good once; a stolen one shows itself.
                .put("revokeRefreshToken", true)
                .put("refreshTokenMaxReuse", 0);
    }

    private static void bruteForce(ObjectNode realm) {
        realm.put("bruteForceProtected", true)
                .put("permanentLockout", false)
                .put("failureFactor", 5)
                .put("waitIncrementSeconds", 60)
                .put("maxFailureWaitSeconds", 900)
                .put("minimumQuickLoginWaitSeconds", 60)
                .put("quickLoginCheckMilliSeconds", 1000)
                .put("maxDeltaTimeSeconds", 43_200);
    }

    private static void events(ObjectNode realm) {
        realm.put("eventsEnabled", true)
                .put("eventsExpiration", EVENTS_KEPT.toSeconds())
                .put("adminEventsEnabled", true)
                // Details would carry attributes and credentials of people.
                .put("adminEventsDetailsEnabled", false);
        realm.set("enabledEventTypes", Json.strings(RealmEvents.STORED));
        realm.set("eventsListeners", Json.strings("jboss-logging"));
    }
}
