package eu.sinusnode.keycloak.realm;

import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.policy.access.AccessMatrix;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The demo's realm in one call: registrations bound to a cohort's directory, secrets generated or found again. */
public final class DemoRealm {

    private DemoRealm() {}

    /**
     * @param fhirBase base URL of the FHIR server, the tokens' audience
     * @param appRedirect the redirect URI of the demo's app
     * @return the realm file's content; the same for the same directory, base and secrets
     * @throws IOException when a secret cannot be read or written
     */
    public static String generate(RealmDirectory directory, Secrets secrets, URI fhirBase, URI appRedirect)
            throws IOException {
        return generate(directory, secrets, fhirBase, fhirBase, appRedirect, Registrations.none());
    }

    /**
     * @param fhirEndpoint where Keycloak itself reaches the FHIR server
     * @param registrations what was registered by command beside the demo's own
     * @throws IOException when a secret cannot be read or written
     */
    public static String generate(
            RealmDirectory directory,
            Secrets secrets,
            URI fhirBase,
            URI fhirEndpoint,
            URI appRedirect,
            Registrations registrations)
            throws IOException {
        return new RealmGenerator(AccessMatrix.standard())
                .generate(model(directory, secrets, fhirBase, fhirEndpoint, appRedirect, registrations));
    }

    static RealmModel model(
            RealmDirectory directory,
            Secrets secrets,
            URI fhirBase,
            URI fhirEndpoint,
            URI appRedirect,
            Registrations registrations)
            throws IOException {
        List<ClientRegistration> clients = new ArrayList<>(DemoRegistrations.clients(directory, appRedirect));
        List<Person> kept = new ArrayList<>(DemoRegistrations.people(directory));
        Map<String, ClientKeys> keys = new TreeMap<>();
        for (ClientRegistration client : clients) {
            if (!(client instanceof ClientRegistration.App)) {
                JWKSet own = new JWKSet(secrets.clientKey(client.clientId()).toPublicJWK());
                keys.put(client.clientId(), ClientKeys.of(own));
            }
        }
        for (Registrations.Client client : registrations.clients()) {
            clients.add(client.registration());
            if (client.keys() != null) {
                keys.put(client.registration().clientId(), client.keys());
            }
        }
        List<Person> people = new ArrayList<>(kept);
        Set<String> ownSecrets = new TreeSet<>();
        for (Registrations.Member member : registrations.people()) {
            people.add(member.person());
            if (member.secretsKept()) {
                kept.add(member.person());
            } else {
                ownSecrets.add(member.person().username());
            }
        }
        return new RealmModel(
                RealmModel.DEFAULT_NAME,
                fhirBase,
                fhirEndpoint,
                clients,
                people,
                keys,
                secrets.logins(kept),
                ownSecrets,
                registrations.blockedClients(),
                registrations.blockedPeople());
    }
}
