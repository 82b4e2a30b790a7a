package eu.sinusnode.keycloak.policy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.util.Time;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * SMART Backend Services: the {@code exp} of a client's assertion is five minutes ahead at most. Keycloak looks at the
 * age of an assertion, not at how far ahead it is dated. It has verified the signature by the time this runs.
 */
final class AssertionLifetimeExecutor
        implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** A client whose clock is a little ahead may still ask for the full five minutes. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(15);

    private static final Set<ClientPolicyEvent> WITH_ASSERTION = EnumSet.of(
            ClientPolicyEvent.SERVICE_ACCOUNT_TOKEN_REQUEST,
            ClientPolicyEvent.TOKEN_REQUEST,
            ClientPolicyEvent.TOKEN_REFRESH,
            ClientPolicyEvent.TOKEN_INTROSPECT,
            ClientPolicyEvent.TOKEN_REVOKE,
            ClientPolicyEvent.PUSHED_AUTHORIZATION_REQUEST);

    private final KeycloakSession session;

    AssertionLifetimeExecutor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (!WITH_ASSERTION.contains(context.getEvent())) {
            return;
        }
        String assertion =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst("client_assertion");
        if (assertion != null && isTooLong(assertion)) {
            throw new ClientPolicyException(
                    OAuthErrorException.INVALID_CLIENT, "exp of the assertion is more than five minutes ahead");
        }
    }

    private static boolean isTooLong(String assertion) {
        try {
            Long expires =
                    new JWSInput(assertion).readJsonContent(JsonWebToken.class).getExp();
            return expires == null
                    || expires > Time.currentTime() + LONGEST.plus(CLOCK_SKEW).toSeconds();
        } catch (JWSInputException e) {
            // Keycloak has read it already; what it cannot read again is not let through.
            return true;
        }
    }

    @Override
    public String getProviderId() {
        return AssertionLifetimeExecutorFactory.ID;
    }
}
