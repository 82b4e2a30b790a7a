package eu.sinusnode.keycloak.policy;

import eu.sinusnode.keycloak.context.LaunchContext;
import eu.sinusnode.keycloak.launch.LaunchKeys;
import eu.sinusnode.keycloak.launch.LaunchRefusedException;
import eu.sinusnode.keycloak.launch.LaunchRules;
import eu.sinusnode.keycloak.launch.LaunchScopes;
import eu.sinusnode.keycloak.launch.LaunchToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.context.TokenRefreshResponseContext;
import org.keycloak.services.clientpolicy.context.TokenResponseContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;

/**
 * SMART App Launch at the two endpoints. An authorization request must name this FHIR server, and its {@code launch} must
 * be good, before any login page is shown; a token answer must be for the patient that its code or its refresh token was
 * issued for.
 */
final class SmartLaunchExecutor implements ClientPolicyExecutorProvider<SmartLaunchSettings> {

    private static final String AUDIENCE = "aud";
    private static final String LAUNCH = "launch";
    private static final String USED = "sinusnode.launch.";

    private final KeycloakSession session;
    private final Function<String, LaunchKeys> keys;
    private @Nullable SmartLaunchSettings settings;

    /** @param keys the key set at a URL, the same object for the same URL */
    SmartLaunchExecutor(KeycloakSession session, Function<String, LaunchKeys> keys) {
        this.session = session;
        this.keys = keys;
    }

    @Override
    public void setupConfiguration(SmartLaunchSettings configured) {
        settings = configured;
    }

    @Override
    public Class<SmartLaunchSettings> getExecutorConfigurationClass() {
        return SmartLaunchSettings.class;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        if (context instanceof AuthorizationRequestContext request && isSmart(request.getClient())) {
            authorize(request);
        } else if (context instanceof TokenResponseContext answer
                && isSmart(answer.getClientSession().getClient())) {
            PatientBinding.redeem(answer);
        } else if (context instanceof TokenRefreshContext request && isSmart(request.getClient())) {
            PatientBinding.beforeRefresh(request, session);
        } else if (context instanceof TokenRefreshResponseContext answer
                && isSmart(answer.getClientSession().getClient())) {
            PatientBinding.refresh(answer, session);
        }
    }

    private boolean isSmart(ClientModel client) {
        return client.getClientScopes(true).containsKey(settings().clientScope());
    }

    private void authorize(AuthorizationRequestContext request) throws ClientPolicyException {
        // What the request says beside OAuth's own words, whether in the query, pushed or in a request object.
        Map<String, String> parameters =
                request.getAuthorizationEndpointRequest().getAdditionalReqParams();
        String base = settings().fhirBase();
        String audience = parameters.get(AUDIENCE);
        if (!base.equals(audience) && !(base + "/").equals(audience)) {
            throw invalidRequest("aud must be " + base);
        }
        Set<String> scopes = LaunchScopes.parse(request.getScopeParameter());
        String launch = parameters.get(LAUNCH);
        if (launch == null) {
            if (scopes.contains(LaunchScopes.EHR) && !scopes.contains(LaunchScopes.STANDALONE)) {
                throw invalidRequest("scope launch needs the parameter launch");
            }
        } else if (!scopes.contains(LaunchScopes.EHR)) {
            throw invalidRequest("the parameter launch needs scope launch");
        } else {
            LaunchContext.expect(request.getAuthenticationSession(), read(launch, request.getClient()));
        }
    }

    private LaunchToken read(String launch, ClientModel client) throws ClientPolicyException {
        LaunchRules rules = new LaunchRules(
                settings().fhirBase(),
                Urls.realmIssuer(
                        session.getContext().getUri().getBaseUri(),
                        session.getContext().getRealm().getName()));
        Instant now = Instant.now();
        LaunchToken token;
        try {
            token = rules.read(
                    launch, client.getClientId(), keys.apply(settings().launchKeys()), now);
        } catch (LaunchRefusedException e) {
            throw new ClientPolicyException(
                    e.temporary() ? OAuthErrorException.TEMPORARILY_UNAVAILABLE : OAuthErrorException.INVALID_REQUEST,
                    String.valueOf(e.getMessage()));
        }
        // Remembered for as long as it could be good, and a second for what is cut off.
        long life = Duration.between(now, token.expires().plus(LaunchRules.CLOCK_SKEW))
                        .toSeconds()
                + 1;
        if (!session.singleUseObjects().putIfAbsent(USED + token.id(), life)) {
            throw invalidRequest("launch has been used before");
        }
        return token;
    }

    private SmartLaunchSettings settings() {
        if (settings == null) {
            throw new IllegalStateException("Keycloak asked " + getProviderId() + " before it was set up.");
        }
        return settings;
    }

    private static ClientPolicyException invalidRequest(String why) {
        return new ClientPolicyException(OAuthErrorException.INVALID_REQUEST, why);
    }

    @Override
    public String getProviderId() {
        return SmartLaunchExecutorFactory.ID;
    }
}
