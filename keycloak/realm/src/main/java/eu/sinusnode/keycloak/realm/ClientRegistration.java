package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.ScopeContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that may ask for tokens. What is written here goes into each of its tokens as fixed claims: the program
 * cannot choose them, and neither can the person who uses it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientRegistration.Backend.class, name = "backend"),
    @JsonSubTypes.Type(value = ClientRegistration.App.class, name = "app"),
    @JsonSubTypes.Type(value = ClientRegistration.Introspector.class, name = "introspector")
})
public sealed interface ClientRegistration {

    /** The OAuth {@code client_id}: lower-case letters, digits and hyphens. */
    String clientId();

    /** What a person reads on the login page or in the administrator's list. */
    String name();

    /** ISO 3166-1 alpha-2 country in which the operator of the program is established. */
    String jurisdiction();

    /**
     * A program that acts for its organization and proves itself with a signed assertion ({@code private_key_jwt}).
     *
     * @param callerKind one whose scopes are {@code system/…}
     * @param organization plain id of the Organization resource
     */
    record Backend(String clientId, String name, String jurisdiction, CallerKind callerKind, String organization)
            implements ClientRegistration {
        public Backend {
            check(clientId, jurisdiction);
            if (callerKind.scopeContext() != ScopeContext.SYSTEM) {
                throw new IllegalArgumentException(
                        "Client " + clientId + ": " + callerKind.claim() + " is a person, not a backend client.");
            }
            if (organization.isBlank()) {
                throw new IllegalArgumentException("Client " + clientId + " needs the id of its Organization.");
            }
        }
    }

    /**
     * A program that people use: public, authorization code with PKCE.
     *
     * @param people the kinds of person who may log in with it
     * @param redirectUris exact URIs, no wildcards
     * @param logoutUri where Keycloak tells the app's server that a session has ended (OpenID Connect Back-Channel
     *     Logout); null for an app without a server
     */
    record App(
            String clientId,
            String name,
            String jurisdiction,
            Set<CallerKind> people,
            List<String> redirectUris,
            @Nullable URI logoutUri)
            implements ClientRegistration {
        /** Without a logout address. */
        public App(
                String clientId, String name, String jurisdiction, Set<CallerKind> people, List<String> redirectUris) {
            this(clientId, name, jurisdiction, people, redirectUris, null);
        }

        public App {
            check(clientId, jurisdiction);
            people = Set.copyOf(people);
            redirectUris = List.copyOf(redirectUris);
            if (!Person.KINDS.containsAll(people)) {
                throw new IllegalArgumentException("Client " + clientId + " is for people; " + people + " are not.");
            }
            if (redirectUris.isEmpty() || redirectUris.stream().anyMatch(uri -> uri.contains("*"))) {
                throw new IllegalArgumentException("Client " + clientId + " needs exact redirect URIs: no wildcard.");
            }
        }
    }

    /**
     * The FHIR server itself: asks whether a token still stands and reads login events. Its own tokens open nothing at the
     * FHIR server, since they name no kind of caller.
     */
    record Introspector(String clientId, String name, String jurisdiction) implements ClientRegistration {
        public Introspector {
            check(clientId, jurisdiction);
        }
    }

    private static void check(String clientId, String jurisdiction) {
        if (!Names.CLIENT_ID.matcher(clientId).matches()) {
            throw new IllegalArgumentException(
                    "'" + clientId + "' is no client id: use lower-case letters, digits and hyphens.");
        }
        if (!Names.COUNTRIES.contains(jurisdiction)) {
            throw new IllegalArgumentException("Client " + clientId + ": '" + jurisdiction
                    + "' is no ISO 3166-1 alpha-2 country code, such as DE.");
        }
    }

    /** What a registration's words may look like. */
    final class Names {
        private static final Pattern CLIENT_ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
        private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

        private Names() {}
    }
}
