package eu.sinusnode.keycloak.realm;

import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.policy.access.AccessMatrix;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        return generate(directory, secrets, fhirBase, fhirBase, appRedirect);
    }

    /**
     * @param fhirEndpoint where Keycloak itself reaches the FHIR server
     * @throws IOException when a secret cannot be read or written
     */
    public static String generate(
            RealmDirectory directory, Secrets secrets, URI fhirBase, URI fhirEndpoint, URI appRedirect)
            throws IOException {
        return new RealmGenerator(AccessMatrix.standard())
                .generate(model(directory, secrets, fhirBase, fhirEndpoint, appRedirect));
    }

    static RealmModel model(RealmDirectory directory, Secrets secrets, URI fhirBase, URI fhirEndpoint, URI appRedirect)
            throws IOException {
        List<ClientRegistration> clients = DemoRegistrations.clients(directory, appRedirect);
        List<Person> people = DemoRegistrations.people(directory);
        Map<String, JWKSet> keys = new TreeMap<>();
        for (ClientRegistration client : clients) {
            if (!(client instanceof ClientRegistration.App)) {
                keys.put(
                        client.clientId(),
                        new JWKSet(secrets.clientKey(client.clientId()).toPublicJWK()));
            }
        }
        return new RealmModel(
                RealmModel.DEFAULT_NAME, fhirBase, fhirEndpoint, clients, people, keys, secrets.logins(people));
    }
}
