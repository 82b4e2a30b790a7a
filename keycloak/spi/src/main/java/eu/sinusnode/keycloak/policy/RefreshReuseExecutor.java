package eu.sinusnode.keycloak.policy;

import java.time.Duration;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.RefreshToken;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshResponseContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * RFC 9700, section 4.14.2: a refresh token is good once, and one that is shown again tells of a theft, whoever of owner
 * and thief came second. Then the login ends for both. Keycloak compares times in whole seconds and takes an older token
 * of the same second for the newest; here it is its id that counts.
 */
final class RefreshReuseExecutor
        implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    /** Note of the client session: the id of the one token that is good, for each family of tokens that came of a code. */
    private static final String NEWEST = "sinusnode.refresh.newest.";

    private static final String USED = "sinusnode.refresh.used.";
    /** Of two requests at the same time neither sees what the other one notes. */
    private static final Duration AT_THE_SAME_TIME = Duration.ofMinutes(2);

    private final KeycloakSession session;

    RefreshReuseExecutor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (context instanceof TokenRefreshContext request) {
            Optional<RefreshToken> shown = ShownRefreshToken.in(request.getParams(), session)
                    .filter(token -> token.clientSession(session, request.getClient())
                            .filter(held -> isReplaced(token.token(), held))
                            .isPresent())
                    .map(ShownRefreshToken::token);
            if (shown.isPresent()) {
                throw stolen(shown.get());
            }
        } else if (context instanceof TokenRefreshResponseContext answer) {
            refreshed(answer);
        }
    }

    /** Keycloak has found the token good. Only now does it count as used: a refusal for another reason is no use of it. */
    private void refreshed(TokenRefreshResponseContext answer) throws ClientPolicyException {
        RefreshToken shown = ShownRefreshToken.in(answer.getParams(), session)
                .orElseThrow(() ->
                        new ClientPolicyException(OAuthErrorException.INVALID_GRANT, "The refresh token is not signed"))
                .token();
        AuthenticatedClientSessionModel held = answer.getClientSession();
        boolean first = session.singleUseObjects().putIfAbsent(USED + shown.getId(), AT_THE_SAME_TIME.toSeconds());
        if (!first || isReplaced(shown, held)) {
            // What this request has changed of the session must not outlive it.
            session.getTransactionManager().setRollbackOnly();
            throw stolen(shown);
        }
        RefreshToken next = answer.getAccessTokenResponseBuilder().getRefreshToken();
        held.setNote(noteOf(shown), next == null ? "" : next.getId());
    }

    private ClientPolicyException stolen(RefreshToken token) {
        new StolenLogin(session, token).end();
        return new ClientPolicyException(
                OAuthErrorException.INVALID_GRANT, "The refresh token was used before; the login has ended");
    }

    private static boolean isReplaced(RefreshToken shown, AuthenticatedClientSessionModel held) {
        String newest = held.getNote(noteOf(shown));
        return newest != null && !newest.equals(shown.getId());
    }

    private static String noteOf(RefreshToken token) {
        return NEWEST + token.getOtherClaims().getOrDefault(Constants.REUSE_ID, "");
    }

    @Override
    public String getProviderId() {
        return RefreshReuseExecutorFactory.ID;
    }
}
