package eu.sinusnode.keycloak.realm;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import eu.sinusnode.keycloak.realm.RealmDirectory.Organization;
import eu.sinusnode.keycloak.realm.RealmDirectory.OrganizationKind;
import eu.sinusnode.keycloak.realm.RealmDirectory.Persona;
import eu.sinusnode.keycloak.realm.RealmDirectory.Practitioner;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.Totp;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A small directory and the model made of it. */
final class Fixtures {

    static final URI FHIR_BASE = URI.create("http://127.0.0.1:8080/fhir");

    private Fixtures() {}

    static RealmDirectory directory() {
        return new RealmDirectory(
                List.of(
                        new Organization("centre", "Centre", OrganizationKind.CENTRE, "DE"),
                        new Organization("clinic-a", "Clinic A", OrganizationKind.CLINIC, "DE"),
                        new Organization("clinic-b", "Clinic B", OrganizationKind.CLINIC, "AT"),
                        new Organization("payor", "Payor", OrganizationKind.INSURER, "DE"),
                        new Organization("overseas", "Overseas", OrganizationKind.FOREIGN_INSURER, "US")),
                List.of(new Practitioner("dr-b", "clinic-b"), new Practitioner("dr-a", "clinic-a")),
                List.of(new Persona("p-one"), new Persona("p-two")));
    }

    static RealmModel model() {
        return model(privateKey().toPublicJWK());
    }

    /** The same key for all backend clients. */
    static RealmModel model(ECKey clientKey) {
        List<ClientRegistration> clients = DemoRegistrations.clients(directory());
        List<Person> people = DemoRegistrations.people(directory());
        Map<String, ClientKeys> keys = clients.stream()
                .filter(client -> !(client instanceof ClientRegistration.App))
                .collect(
                        Collectors.toMap(ClientRegistration::clientId, client -> ClientKeys.of(new JWKSet(clientKey))));
        Map<String, Login> logins = people.stream().collect(Collectors.toMap(Person::username, Fixtures::login));
        return new RealmModel("sinusnode", FHIR_BASE, clients, people, keys, logins);
    }

    static Login login(Person person) {
        return new Login(
                "password-of-" + person.username(),
                SecondFactor.neededBy(person.callerKind()) ? Totp.generate(new SecureRandom()) : null);
    }

    static ECKey privateKey() {
        try {
            return new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
