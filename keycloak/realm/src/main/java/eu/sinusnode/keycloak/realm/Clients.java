package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keycloak's clients: one a registration, and the built-in ones that would open a side door, shut. */
final class Clients {

    /** SMART Backend Services: an assertion lives five minutes at most. */
    private static final String LONGEST_ASSERTION_SECONDS = "300";

    /** Beside the base URL's path, at the root of the same server. */
    private static final String FHIR_SERVER_LOGOUT = "/backchannel-logout";

    private final Scopes scopes;
    private final Map<String, ClientKeys> publicKeys;
    private final URI fhirEndpoint;

    /** @param fhirEndpoint where Keycloak itself reaches the FHIR server */
    Clients(Scopes scopes, Map<String, ClientKeys> publicKeys, URI fhirEndpoint) {
        this.scopes = scopes;
        this.publicKeys = publicKeys;
        this.fhirEndpoint = fhirEndpoint;
    }

    List<ObjectNode> of(List<ClientRegistration> registrations) {
        List<ObjectNode> clients = new ArrayList<>();
        // Keycloak makes these in each realm; admin-cli would take a password without any login page.
        clients.add(disabled("admin-cli"));
        clients.add(disabled("security-admin-console"));
        for (ClientRegistration registration : registrations) {
            if (registration instanceof ClientRegistration.Backend backend) {
                clients.add(backend(backend));
            } else if (registration instanceof ClientRegistration.App app) {
                clients.add(app(app));
            } else if (registration instanceof ClientRegistration.Introspector introspector) {
                clients.add(introspector(introspector));
            }
        }
        return clients;
    }

    private ObjectNode backend(ClientRegistration.Backend registration) {
        ObjectNode client = withKey(registration);
        ArrayNode mappers = client.putArray("protocolMappers");
        mappers.add(Claims.fixed(Claims.CALLER_KIND, registration.callerKind().claim()));
        mappers.add(Claims.fixed(
                Claims.PURPOSE_OF_USE,
                Claims.purposeOf(registration.callerKind()).name()));
        mappers.add(Claims.fixed(Claims.ORGANIZATION, registration.organization()));
        mappers.add(Claims.fixed(Claims.JURISDICTION, registration.jurisdiction()));
        client.set("defaultClientScopes", Json.strings(Scopes.BASIC, Scopes.FHIR_SERVER));
        // SMART Backend Services: a client names what it wants and gets that; who names nothing gets no access to data.
        client.set("optionalClientScopes", Json.strings(scopes.offered(Set.of(registration.callerKind()))));
        return client;
    }

    private ObjectNode introspector(ClientRegistration.Introspector registration) {
        ObjectNode client = withKey(registration);
        // The tokens' audience is the server's base URL, as SMART has it, and not its client id.
        client.withObject("/attributes").put("allow.token.introspection.without.audience.check", "true");
        client.putArray("protocolMappers");
        client.set("defaultClientScopes", Json.strings(Scopes.BASIC, Scopes.ROLES));
        client.putArray("optionalClientScopes");
        return client;
    }

    private ObjectNode withKey(ClientRegistration registration) {
        ClientKeys keys = publicKeys.get(registration.clientId());
        if (keys == null) {
            throw new IllegalArgumentException(
                    "Client " + registration.clientId() + " needs its public keys in the realm.");
        }
        ObjectNode client = client(registration)
                .put("publicClient", false)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("clientAuthenticatorType", "client-jwt");
        ObjectNode attributes = client.putObject("attributes")
                .put("use.jwks.url", Boolean.toString(keys.url() != null))
                .put("use.jwks.string", Boolean.toString(keys.jwks() != null));
        if (keys.url() != null) {
            attributes.put("jwks.url", keys.url().toString());
        } else {
            attributes.put("jwks.string", keys.jwks());
        }
        attributes
                .put("token.endpoint.auth.signing.alg", keys.algorithm())
                .put("token.endpoint.auth.signing.max.exp", LONGEST_ASSERTION_SECONDS)
                .put("client_credentials.use_refresh_token", "false");
        return client;
    }

    private ObjectNode app(ClientRegistration.App registration) {
        ObjectNode client = client(registration)
                .put("publicClient", true)
                .put("serviceAccountsEnabled", false)
                .put("standardFlowEnabled", true);
        client.set("redirectUris", Json.strings(registration.redirectUris()));
        client.set("webOrigins", Json.strings("+"));
        ObjectNode attributes = client.putObject("attributes")
                .put("pkce.code.challenge.method", "S256")
                .put("post.logout.redirect.uris", "+");
        Sessions.of(registration.people()).ofClient(attributes);
        client.put("frontchannelLogout", false);
        attributes
                .put("backchannel.logout.url", logoutUri(registration).toString())
                .put("backchannel.logout.session.required", "true")
                .put("backchannel.logout.revoke.offline.tokens", "false");
        ArrayNode mappers = client.putArray("protocolMappers");
        mappers.add(Claims.fixed(Claims.JURISDICTION, registration.jurisdiction()));
        Claims.OF_A_PERSON.forEach(claim -> mappers.add(Claims.ofPerson(claim)));
        mappers.add(Claims.methods());
        client.set("defaultClientScopes", Json.strings(Scopes.BASIC, Scopes.FHIR_SERVER));
        // An app asks for what it needs; the roles behind each scope say who can grant it.
        client.set(
                "optionalClientScopes",
                Json.strings(Scopes.OF_AN_APP).addAll(Json.strings(scopes.offered(registration.people()))));
        return client;
    }

    /** Where the end of the app's sessions is told: to the app's own server if it has one, else to the FHIR server. */
    private URI logoutUri(ClientRegistration.App registration) {
        return registration.logoutUri() != null ? registration.logoutUri() : fhirEndpoint.resolve(FHIR_SERVER_LOGOUT);
    }

    private static ObjectNode client(ClientRegistration registration) {
        return Json.object()
                .put("clientId", registration.clientId())
                .put("name", registration.name())
                .put("enabled", true)
                .put("protocol", "openid-connect")
                .put("implicitFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("fullScopeAllowed", false)
                .put("consentRequired", false);
    }

    private static ObjectNode disabled(String clientId) {
        return Json.object()
                .put("clientId", clientId)
                .put("enabled", false)
                .put("protocol", "openid-connect")
                .put("publicClient", true)
                .put("standardFlowEnabled", false)
                .put("implicitFlowEnabled", false)
                .put("directAccessGrantsEnabled", false)
                .put("serviceAccountsEnabled", false);
    }
}
