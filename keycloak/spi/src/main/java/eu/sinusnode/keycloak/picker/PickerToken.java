package eu.sinusnode.keycloak.picker;

import eu.sinusnode.keycloak.launch.LaunchScopes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * An access token for the user who is logging in, good for listing patients and for a minute. It is made like any other
 * token of the app, by the same mappers, in a session that is not stored; it never leaves the two servers.
 *
 * @param value compact JWS
 * @param ofARepresentative whether it was granted as {@code patient/…}: for somebody who acts for patients in private
 */
public record PickerToken(String value, boolean ofARepresentative) {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final String FOR_STAFF = "user/Patient.rs";
    private static final String FOR_REPRESENTATIVES = "patient/Patient.rs";

    /** Empty when neither scope is granted to this user in this app. */
    public static Optional<PickerToken> mint(
            KeycloakSession session, RealmModel realm, ClientModel client, UserModel user) {
        return Stream.of(FOR_STAFF, FOR_REPRESENTATIVES)
                .filter(scope -> LaunchScopes.granted(client, user, scope))
                .findFirst()
                .map(scope -> apart(session, () -> mint(session, realm, client, user, scope)));
    }

    /** Keycloak makes each new login the current one of the request; the person's own must stay it. */
    private static <T> T apart(KeycloakSession session, Supplier<T> work) {
        AuthenticationSessionModel current = session.getContext().getAuthenticationSession();
        try {
            return work.get();
        } finally {
            session.getContext().setAuthenticationSession(current);
        }
    }

    private static PickerToken mint(
            KeycloakSession session, RealmModel realm, ClientModel client, UserModel user, String scope) {
        UserSessionModel userSession = new UserSessionManager(session)
                .createUserSession(
                        KeycloakModelUtils.generateId(),
                        realm,
                        user,
                        user.getUsername(),
                        session.getContext().getConnection().getRemoteHost(),
                        "patient-picker",
                        false,
                        null,
                        null,
                        SessionPersistenceState.TRANSIENT);
        ClientSessionContext context = TokenManager.attachAuthenticationSession(
                session, userSession, login(session, realm, client, user, scope));
        AccessToken token =
                new TokenManager().createClientAccessToken(session, realm, client, user, userSession, context, false);
        token.exp((long) Time.currentTime() + LIFETIME.toSeconds());
        // Without a session id the introspection endpoint judges the token by its user alone.
        token.setSessionId(null);
        return new PickerToken(session.tokens().encode(token), FOR_REPRESENTATIVES.equals(scope));
    }

    private static AuthenticationSessionModel login(
            KeycloakSession session, RealmModel realm, ClientModel client, UserModel user, String scope) {
        AuthenticationSessionModel login = session.authenticationSessions()
                .createRootAuthenticationSession(realm)
                .createAuthenticationSession(client);
        login.setAuthenticatedUser(user);
        login.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        login.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        login.setClientNote(OAuth2Constants.SCOPE, scope);
        AuthenticationManager.setClientScopesInSession(session, login);
        return login;
    }

    /** Leaves the token itself out. */
    @Override
    public String toString() {
        return "PickerToken[ofARepresentative=" + ofARepresentative + "]";
    }
}
