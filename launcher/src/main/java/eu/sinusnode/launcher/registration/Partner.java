package eu.sinusnode.launcher.registration;

import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.policy.access.AccessMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody who was registered must know to connect, as lines of name and value. */
record Partner(String issuer, String fhirBase) {

    static Partner of(Installation installation) {
        return new Partner(installation.issuer(), installation.fhirBase());
    }

    /** @param keyFile the private key that was made for the partner; null when the partner has its own */
    List<String> backend(Registrations.Client client, @Nullable Path keyFile) {
        ClientRegistration.Backend backend = (ClientRegistration.Backend) client.registration();
        List<String> lines = common(backend.clientId());
        lines.add(line("organization", "Organization/" + backend.organization()));
        if (client.keys() != null) {
            lines.add(line("assertions", "private_key_jwt, " + client.keys().algorithm()));
        }
        if (keyFile != null) {
            lines.add(line("private key", keyFile.toString()));
        }
        lines.add(line(
                "tokens", "client_credentials; the request names the scopes that are needed, of these or narrower"));
        lines.add(line("scopes", String.join(" ", AccessMatrix.standard().scopesOf(backend.callerKind()))));
        return lines;
    }

    List<String> app(ClientRegistration.App app, Collection<String> scopes) {
        List<String> lines = common(app.clientId());
        lines.add(line("redirects", String.join(" ", app.redirectUris())));
        lines.add(line("log in with", "authorization code, PKCE S256"));
        lines.add(line("scopes", String.join(" ", scopes)));
        return lines;
    }

    private List<String> common(String clientId) {
        return new ArrayList<>(List.of(
                line("client id", clientId),
                line("issuer", issuer),
                line("FHIR base", fhirBase),
                line("discovery", fhirBase + "/.well-known/smart-configuration")));
    }

    private static String line(String name, String value) {
        return String.format("%-13s %s", name, value);
    }
}
