package eu.sinusnode.keycloak.policy;

import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The login that a stolen token is of: with everything that was given out in it, to any app, offline access too. Each app
 * is told as of a logout, so that its access tokens end as well. It is done in a transaction of its own, which stands
 * whatever becomes of the request that showed the token.
 */
final class StolenLogin {

    private static final String REASON = "refresh_token_reused";

    private final KeycloakSession request;
    private final RefreshToken token;

    StolenLogin(KeycloakSession request, RefreshToken token) {
        this.request = request;
        this.token = token;
    }

    void end() {
        KeycloakModelUtils.runJobInTransaction(request.getKeycloakSessionFactory(), request.getContext(), own -> {
            RealmModel realm = own.getContext().getRealm();
            end(own, own.sessions().getUserSession(realm, token.getSessionId()), false);
            end(own, own.sessions().getOfflineUserSession(realm, token.getSessionId()), true);
            new EventBuilder(realm, own, own.getContext().getConnection())
                    .event(EventType.REVOKE_GRANT)
                    .client(token.getIssuedFor())
                    .user(token.getSubject())
                    .session(token.getSessionId())
                    .detail(Details.REASON, REASON)
                    .success();
        });
    }

    private static void end(KeycloakSession own, @Nullable UserSessionModel login, boolean offline) {
        if (login != null) {
            KeycloakContext context = own.getContext();
            AuthenticationManager.backchannelLogout(
                    own,
                    context.getRealm(),
                    login,
                    context.getUri(),
                    context.getConnection(),
                    context.getRequestHeaders(),
                    true,
                    offline);
        }
    }
}
