package eu.sinusnode.keycloak.realm;

import eu.sinusnode.keycloak.token.Login;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a realm is made of beside the access matrix.
 *
 * @param name the realm's name, the last part of its issuer URL
 * @param fhirBase the FHIR server's base URL: the audience of every token, and what an app must name as {@code aud}
 * @param fhirEndpoint where Keycloak itself reaches the FHIR server; the same as the base unless there is a shorter way
 * @param clientKeys public keys by client id; one set for each backend client
 * @param logins by user name; one for each person but those with secrets of their own
 * @param ownSecrets people whose password and second factor are known to themselves and Keycloak alone
 * @param blockedClients client ids that get no token
 * @param blockedPeople user names that do not log in
 */
public record RealmModel(
        String name,
        URI fhirBase,
        URI fhirEndpoint,
        List<ClientRegistration> clients,
        List<Person> people,
        Map<String, ClientKeys> clientKeys,
        Map<String, Login> logins,
        Set<String> ownSecrets,
        Set<String> blockedClients,
        Set<String> blockedPeople) {

    public static final String DEFAULT_NAME = "sinusnode";

    /** Where Keycloak reaches the FHIR server by its base URL, every login is known and nobody is blocked. */
    public RealmModel(
            String name,
            URI fhirBase,
            List<ClientRegistration> clients,
            List<Person> people,
            Map<String, ClientKeys> clientKeys,
            Map<String, Login> logins) {
        this(name, fhirBase, fhirBase, clients, people, clientKeys, logins, Set.of(), Set.of(), Set.of());
    }

    public RealmModel {
        clients = List.copyOf(clients);
        people = List.copyOf(people);
        clientKeys = Map.copyOf(clientKeys);
        logins = Map.copyOf(logins);
        ownSecrets = Set.copyOf(ownSecrets);
        blockedClients = Set.copyOf(blockedClients);
        blockedPeople = Set.copyOf(blockedPeople);
        Set<String> seen = new HashSet<>();
        clients.forEach(client -> unique(seen, "client", client.clientId()));
        people.forEach(person -> unique(seen, "person", person.username()));
    }

    private static void unique(Set<String> seen, String what, String name) {
        if (!seen.add(what + " " + name)) {
            throw new IllegalArgumentException("The " + what + " " + name + " is registered twice.");
        }
    }

    /** Leaves the passwords out. */
    @Override
    public String toString() {
        return "RealmModel[" + name + ", " + clients.size() + " clients, " + people.size() + " people]";
    }
}
