package eu.sinusnode.keycloak.context;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Ends what an app holds for another patient in the same browser session, so that a tab with the first patient cannot go
 * on after a tab with the second: its next refresh fails, and the person sees that it is over.
 */
final class OtherTabs {

    private OtherTabs() {}

    static void endUnlessFor(String patient, KeycloakSession session, AuthenticationSessionModel login) {
        RealmModel realm = login.getRealm();
        String browserSession = login.getParentSession().getId();
        forAnother(patient, session.sessions().getUserSession(realm, browserSession), login.getClient())
                .ifPresent(AuthenticatedClientSessionModel::restartClientSession);
        // An offline client session is never brought up to date by a later login: it has to be made anew.
        forAnother(patient, session.sessions().getOfflineUserSession(realm, browserSession), login.getClient())
                .ifPresent(AuthenticatedClientSessionModel::detachFromUserSession);
    }

    private static Optional<AuthenticatedClientSessionModel> forAnother(
            String patient, @Nullable UserSessionModel session, ClientModel client) {
        return Optional.ofNullable(session)
                .map(open -> open.getAuthenticatedClientSessionByClient(client.getId()))
                .filter(open -> LaunchContext.current(open)
                        .filter(context -> !context.patient().equals(patient))
                        .isPresent());
    }
}
