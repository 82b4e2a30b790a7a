package eu.sinusnode.keycloak.picker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        ClientSessionContext context =
                TokenManager.attachAuthenticationSession(session, userSession, login(session, realm, client, user));
        List<String> granted = Arrays.asList(context.getScopeString().split(" "));
        if (!granted.contains(FOR_STAFF) && !granted.contains(FOR_REPRESENTATIVES)) {
            return Optional.empty();
        }
        AccessToken token =
                new TokenManager().createClientAccessToken(session, realm, client, user, userSession, context, false);
        token.exp((long) Time.currentTime() + LIFETIME.toSeconds());
        // Without a session id the introspection endpoint judges the token by its user alone.
        token.setSessionId(null);
        return Optional.of(new PickerToken(session.tokens().encode(token), !granted.contains(FOR_STAFF)));
    }

    private static AuthenticationSessionModel login(
            KeycloakSession session, RealmModel realm, ClientModel client, UserModel user) {
        AuthenticationSessionModel login = session.authenticationSessions()
                .createRootAuthenticationSession(realm)
                .createAuthenticationSession(client);
        login.setAuthenticatedUser(user);
        login.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        login.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        login.setClientNote(OAuth2Constants.SCOPE, offered(client));
        AuthenticationManager.setClientScopesInSession(session, login);
        return login;
    }

    private static String offered(ClientModel client) {
        return String.join(
                " ",
                List.of(FOR_STAFF, FOR_REPRESENTATIVES).stream()
                        .filter(client.getClientScopes(false)::containsKey)
                        .toList());
    }

    /** Leaves the token itself out. */
    @Override
    public String toString() {
        return "PickerToken[ofARepresentative=" + ofARepresentative + "]";
    }
}
