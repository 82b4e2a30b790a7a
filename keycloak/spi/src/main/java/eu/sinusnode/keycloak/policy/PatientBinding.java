package eu.sinusnode.keycloak.policy;

import eu.sinusnode.keycloak.context.LaunchContext;
import eu.sinusnode.keycloak.launch.LaunchScopes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshResponseContext;
import org.keycloak.services.clientpolicy.context.TokenResponseContext;

/**
 * Ties codes and refresh tokens to their patient. Keycloak knows one patient a client session, the one of the latest
 * login; a code or a refresh token of an earlier login for another patient is refused here, however little time lies
 * between the two. (Keycloak's own comparison of times lets two seconds pass.)
 */
final class PatientBinding {

    /** Claim of the refresh token, which only Keycloak reads. */
    private static final String PATIENT = "patient";

    private PatientBinding() {}

    /** A code becomes tokens. */
    static void redeem(TokenResponseContext answer) throws ClientPolicyException {
        AccessTokenResponseBuilder tokens = answer.getAccessTokenResponseBuilder();
        AuthenticatedClientSessionModel session = answer.getClientSession();
        OAuth2Code code = answer.getParseResult().getCodeData();
        Set<String> granted = LaunchScopes.parse(tokens.getAccessToken().getScope());
        if (LaunchScopes.askForPatient(granted)) {
            Optional<String> patient = LaunchContext.takePatientOfCode(session, code.getCodeChallenge());
            requireSame(patient, current(session));
            bind(tokens.getRefreshToken(), patient);
        }
        if (!granted.contains(LaunchScopes.OFFLINE) && !granted.contains(LaunchScopes.ONLINE)) {
            // SMART App Launch: a refresh token is for those who ask for one.
            tokens.removeRefreshToken();
        }
    }

    /**
     * A refresh token is shown. One for another patient is refused before Keycloak counts it as used: a tab that tries it
     * again would look like a thief and end the other tab's session.
     */
    static void beforeRefresh(TokenRefreshContext request, KeycloakSession session) throws ClientPolicyException {
        Optional<ShownRefreshToken> shown = ShownRefreshToken.in(request.getParams(), session);
        if (shown.isEmpty()
                || !LaunchScopes.askForPatient(
                        LaunchScopes.parse(shown.get().token().getScope()))) {
            return;
        }
        Optional<AuthenticatedClientSessionModel> tab = shown.get().clientSession(session, request.getClient());
        // Without any session Keycloak has its own refusal.
        if (tab.isPresent()) {
            requireSame(patientOf(shown.get()), current(tab.get()));
        }
    }

    /** A refresh token becomes new tokens. */
    static void refresh(TokenRefreshResponseContext answer, KeycloakSession session) throws ClientPolicyException {
        AccessTokenResponseBuilder tokens = answer.getAccessTokenResponseBuilder();
        RefreshToken next = tokens.getRefreshToken();
        Set<String> granted = LaunchScopes.parse(tokens.getAccessToken().getScope());
        Set<String> kept = LaunchScopes.parse(next == null ? null : next.getScope());
        if (LaunchScopes.askForPatient(granted) || LaunchScopes.askForPatient(kept)) {
            Optional<String> patient =
                    ShownRefreshToken.in(answer.getParams(), session).flatMap(PatientBinding::patientOf);
            requireSame(patient, current(answer.getClientSession()));
            bind(next, patient);
        }
    }

    private static Optional<String> current(AuthenticatedClientSessionModel session) {
        return LaunchContext.current(session).map(LaunchContext::patient);
    }

    private static Optional<String> patientOf(ShownRefreshToken shown) {
        return Optional.ofNullable(shown.token().getOtherClaims().get(PATIENT))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static void bind(@Nullable RefreshToken token, Optional<String> patient) {
        if (token != null) {
            patient.ifPresent(id -> token.getOtherClaims().put(PATIENT, id));
        }
    }

    private static void requireSame(Optional<String> issuedFor, Optional<String> now) throws ClientPolicyException {
        if (issuedFor.isEmpty() || !issuedFor.equals(now)) {
            throw new ClientPolicyException(
                    OAuthErrorException.INVALID_GRANT, "The app was launched for another patient since then");
        }
    }
}
