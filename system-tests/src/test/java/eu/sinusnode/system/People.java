package eu.sinusnode.system;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.keycloak.token.Issuer;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.OneTimeCodes;
import eu.sinusnode.keycloak.token.PersonSession;
import eu.sinusnode.keycloak.token.PersonToken;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Set;

/** Patients with the demo's app, each login a session of its own; apart from the tokens that the other tests share. */
final class People {

    private static final Set<String> SCOPES = Set.of("patient/Patient.rs", "online_access");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Installation installation;

    People(Installation installation) {
        this.installation = installation;
    }

    PersonToken app() {
        return new PersonToken(
                        Issuer.of(installation.issuer()),
                        DemoRegistrations.APP,
                        installation.appRedirect(),
                        OneTimeCodes.inMemory())
                .forServer(URI.create(installation.fhirBase()));
    }

    PersonSession login(String name) {
        return app().session(name, secrets(name), SCOPES);
    }

    void loginWith(String name, String password) {
        app().session(name, new Login(password, null), SCOPES);
    }

    FhirEndpoint as(PersonSession session) {
        return new FhirEndpoint(
                http, installation.fhirBase(), () -> session.token().value());
    }

    private Login secrets(String name) {
        try {
            return Secrets.in(installation.home().secrets()).login(name).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
