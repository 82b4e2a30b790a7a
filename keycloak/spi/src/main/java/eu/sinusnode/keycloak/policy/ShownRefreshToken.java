package eu.sinusnode.keycloak.policy;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/** A refresh token that a client shows and that Keycloak signed; whether it is still good is not said by that. */
record ShownRefreshToken(RefreshToken token) {

    /** Empty when there is none, or one that Keycloak did not sign. */
    static Optional<ShownRefreshToken> in(MultivaluedMap<String, String> parameters, KeycloakSession session) {
        return Optional.ofNullable(parameters.getFirst(OAuth2Constants.REFRESH_TOKEN))
                .map(text -> session.tokens().decode(text, RefreshToken.class))
                .map(ShownRefreshToken::new);
    }

    /** What the client holds of the login that the token is of; empty when that has ended. */
    Optional<AuthenticatedClientSessionModel> clientSession(KeycloakSession session, ClientModel client) {
        RealmModel realm = session.getContext().getRealm();
        UserSessionModel login = TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())
                ? session.sessions().getOfflineUserSession(realm, token.getSessionId())
                : session.sessions().getUserSession(realm, token.getSessionId());
        return Optional.ofNullable(login).map(open -> open.getAuthenticatedClientSessionByClient(client.getId()));
    }
}
